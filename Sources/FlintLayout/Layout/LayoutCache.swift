internal import FlintCore
internal import Synchronization

/// The layouts that this process has derived; they are kept for ever, as types are.
final class LayoutCache: Sendable {
  static let shared = LayoutCache()
  private let layouts = Mutex<[ObjectIdentifier: RowLayout]>([:])

  /// The layout of a type. Two threads may derive the same one at once; all get the first.
  func layout(of type: Any.Type) throws(FlintError) -> RowLayout {
    let identifier = ObjectIdentifier(type)
    if let layout = layouts.withLock({ $0[identifier] }) { return layout }
    let derived = try RowLayout(deriving: type)
    return layouts.withLock { layouts in
      if let first = layouts[identifier] { return first }
      layouts[identifier] = derived
      return derived
    }
  }

  func removeAll() { layouts.withLock { $0 = [:] } }
}
