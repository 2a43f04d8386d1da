internal import FlintLayout
internal import Synchronization

/// What has to be known of a function's type to ship a function of it.
struct FunctionShape: Sendable {
  let parameterCount: Int

  private static let known = Mutex<[ObjectIdentifier: FunctionShape]>([:])

  /// The shape of the function that a value of `Box` is, or holds as its only stored property; nil when it is neither.
  static func of<Box>(_: Box.Type) -> FunctionShape? {
    let key = ObjectIdentifier(Box.self)
    if let shape = known.withLock({ $0[key] }) { return shape }
    guard MemoryLayout<Box>.size == 16, let shape = FunctionShape(Metadata(Box.self)) else { return nil }
    known.withLock { $0[key] = shape }
    return shape
  }

  private init?(_ box: Metadata) {
    guard let function = box.kind == .function ? box : Self.onlyField(of: box), function.kind == .function else {
      return nil
    }
    let flags = function.address.word(1)
    // The convention: 0 is Swift's, with a context.
    guard (flags >> 16) & 0xFF == 0 else { return nil }
    parameterCount = Int(flags & 0xFFFF)
  }

  private static func onlyField(of box: Metadata) -> Metadata? {
    guard box.kind == .struct, let nominal = box.nominal, let fields = nominal.fields, fields.count == 1 else {
      return nil
    }
    return fields[0].type(in: nominal, arguments: box.genericArguments).map { Metadata($0) }
  }
}
