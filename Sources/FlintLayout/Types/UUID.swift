/// A universally unique identifier: 16 bytes in the order of its text, the column type `uuid`.
///
/// A value type of Flint's own, since nothing else of Foundation is needed for it. Foundation's travels as the same bytes.
public struct UUID: Hashable, Sendable {
  // Words as they lie in memory, so that the value's bytes are those of the text on every machine.
  private let first: UInt64
  private let second: UInt64

  /// The identifier whose text is the digits of `high` and then those of `low`.
  public init(high: UInt64, low: UInt64) {
    first = high.bigEndian
    second = low.bigEndian
  }

  /// The first eight bytes as a number.
  public var high: UInt64 { UInt64(bigEndian: first) }
  /// The last eight bytes as a number.
  public var low: UInt64 { UInt64(bigEndian: second) }
}

extension UUID: Comparable {
  /// In the order of their texts.
  public static func < (left: UUID, right: UUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UUID: CustomStringConvertible {
  /// 8-4-4-4-12 hexadecimal digits in lower case.
  public var description: String {
    let digits = [high, low].map { half in
      let text = String(half, radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }.joined()
    var rest = digits[...]
    return [8, 4, 4, 4, 12].map { length in
      defer { rest = rest.dropFirst(length) }
      return String(rest.prefix(length))
    }.joined(separator: "-")
  }
}
