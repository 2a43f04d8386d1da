/// The name of a scheduling pool, which users choose.
public struct PoolName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as it was written.
  public let rawValue: String

  /// A pool's name: 1 to 64 of the ASCII letters, digits, `-`, `_` and `.`. Throws `invalid-argument` otherwise.
  public init(_ rawValue: String) throws(FlintError) {
    guard (1...64).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(Self.isAllowed) else {
      throw FlintError(
        .invalidArgument, "\"\(rawValue)\" cannot name a pool",
        remedy: "use 1 to 64 of the letters a-z and A-Z, digits, -, _ and .")
    }
    self.rawValue = rawValue
  }

  private init(constant: String) {
    rawValue = constant
  }

  /// Where jobs go that name no pool.
  public static let standard = PoolName(constant: "default")

  /// By text.
  public static func < (left: PoolName, right: PoolName) -> Bool { left.rawValue < right.rawValue }

  /// Such as `pool etl`.
  public var description: String { "pool \(rawValue)" }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}
