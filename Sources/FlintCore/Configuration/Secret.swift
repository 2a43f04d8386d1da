/// Bytes that nobody may see: a password, a token, a key.
///
/// However it is printed, interpolated, dumped or logged, it shows as `<redacted>`. Only ``revealed`` gives the bytes, so
/// that a search for that word finds every place that uses them.
public struct Secret: Sendable, Equatable {
  /// The bytes. Hand them to what needs them and keep no copy.
  public let revealed: [UInt8]

  /// A secret of these bytes.
  public init(_ bytes: [UInt8]) {
    revealed = bytes
  }

  /// Compares in a time that depends on the lengths only, so that a guesser learns nothing from how long it took.
  public static func == (left: Secret, right: Secret) -> Bool {
    guard left.revealed.count == right.revealed.count else { return false }
    var difference: UInt8 = 0
    for (first, second) in zip(left.revealed, right.revealed) {
      difference |= first ^ second
    }
    return difference == 0
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`.
  public var debugDescription: String { "<redacted>" }
  /// Without children, so that `dump` shows none.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
