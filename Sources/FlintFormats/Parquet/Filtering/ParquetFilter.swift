internal import FlintColumns

/// A condition on one column, by which a reader leaves out row groups, pages and rows.
///
/// Null meets no condition but ``Condition/isNull``. NaN equals itself and is greater than every other number; the two
/// zeros are equal.
public struct ParquetFilter: Sendable, Hashable {
  /// What a value is compared with.
  public enum Value: Sendable, Hashable {
    case boolean(Bool)
    /// For whole numbers, days, microseconds, and decimals without their point: as they lie in a vector.
    case integer(Int128)
    case double(Double)
    /// For texts, their UTF-8.
    case bytes([UInt8])
  }

  /// What is demanded of a value.
  public enum Condition: Sendable, Hashable {
    case equal(Value)
    case notEqual(Value)
    case less(Value)
    case lessOrEqual(Value)
    case greater(Value)
    case greaterOrEqual(Value)
    /// One of them.
    case isIn([Value])
    case isNull
    case isNotNull
  }

  /// The column's name.
  public let column: String
  /// What its values must be.
  public let condition: Condition

  /// A condition on a column that holds single values.
  public init(_ column: String, _ condition: Condition) {
    self.column = column
    self.condition = condition
  }
}

extension ParquetFilter.Condition {
  /// What values are compared with.
  var values: [ParquetFilter.Value] {
    switch self {
    case .equal(let value), .notEqual(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
      .greaterOrEqual(let value):
      [value]
    case .isIn(let values): values
    case .isNull, .isNotNull: []
    }
  }
}

extension ParquetFilter.Value {
  /// Whether values of the type can be compared with this one.
  func fits(_ type: DataType) -> Bool {
    switch (self, type.physical) {
    case (.boolean, .bit): true
    case (.integer, .int8), (.integer, .int16), (.integer, .int32), (.integer, .int64), (.integer, .int128): true
    case (.double, .float), (.double, .double): true
    case (.bytes, .text): true
    default: false
    }
  }
}
