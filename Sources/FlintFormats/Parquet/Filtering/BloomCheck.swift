internal import FlintColumns

/// Tells by a bloom filter whether a chunk may hold a value.
enum BloomCheck {
  /// The values of which one must be there for a condition to be met; nil for conditions of other kinds.
  static func candidates(_ condition: ParquetFilter.Condition) -> [ParquetFilter.Value]? {
    switch condition {
    case .equal(let value): [value]
    case .isIn(let values): values
    case .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isNull, .isNotNull: nil
    }
  }

  /// The hash of a value as the column stores it; nil when that is not known here.
  static func hash(_ value: ParquetFilter.Value, in column: LeafColumn) -> UInt64? {
    switch (value, column.physical, column.plan) {
    case (.integer(let number), .int32, .fixed(let conversion, _)) where isWhole(conversion):
      return Int32(exactly: number).map { withUnsafeBytes(of: $0.littleEndian) { ValueHash.hash($0) } }
    case (.integer(let number), .int64, .fixed(.none, _)):
      return Int64(exactly: number).map { withUnsafeBytes(of: $0.littleEndian) { ValueHash.hash($0) } }
    // The two zeros are equal and differ in their bits, and so may NaN.
    case (.double(let number), .double, _) where number != 0 && !number.isNaN:
      return withUnsafeBytes(of: number.bitPattern.littleEndian) { ValueHash.hash($0) }
    case (.bytes(let bytes), .byteArray, .text): return bytes.withUnsafeBytes { ValueHash.hash($0) }
    case (.bytes(let bytes), .fixedLengthByteArray, .text): return bytes.withUnsafeBytes { ValueHash.hash($0) }
    default: return nil
    }
  }

  private static func isWhole(_ conversion: ValueConversion) -> Bool {
    switch conversion {
    case .none, .narrow8, .narrow16, .widen: true
    default: false
    }
  }
}
