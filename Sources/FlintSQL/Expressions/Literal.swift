public import FlintColumns

/// One value of a type that a query can write down.
public enum Literal: Hashable, Sendable {
  case null
  case boolean(Bool)
  case int8(Int8)
  case int16(Int16)
  case int32(Int32)
  case int64(Int64)
  case float(Float)
  case double(Double)
  /// Without its point, with its digits and how many of them stand behind the point.
  case decimal(Int128, precision: Int, scale: Int)
  case string(String)
  case binary([UInt8])
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01 UTC.
  case timestamp(Int64)
  case interval(Interval)
  /// The values of a list, in a row of a result only.
  case list([Literal])
  /// The fields of a structure, in a row of a result only.
  case structure([Part])
  /// The entries of a map, in a row of a result only.
  case map([Entry])

  /// A field of a structure.
  public struct Part: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What it holds.
    public let value: Literal
  }

  /// An entry of a map.
  public struct Entry: Hashable, Sendable {
    /// What it is found by.
    public let key: Literal
    /// What it holds.
    public let value: Literal
  }
}

extension Literal {
  /// What it is; null has every type, and no one of its own.
  var type: DataType? {
    switch self {
    case .null, .list, .structure, .map: nil
    case .boolean: .boolean
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .float: .float
    case .double: .double
    case .decimal(_, let precision, let scale): .decimal(precision: precision, scale: scale)
    case .string: .string
    case .binary: .binary
    case .date: .date
    case .timestamp: .timestamp
    case .interval: .interval
    }
  }

  /// The whole number that it is; nil for others.
  var whole: Int64? {
    switch self {
    case .int8(let value): Int64(value)
    case .int16(let value): Int64(value)
    case .int32(let value): Int64(value)
    case .int64(let value): value
    case .null, .boolean, .float, .double, .decimal, .string, .binary, .date, .timestamp, .interval, .list, .structure,
      .map:
      nil
    }
  }
}
