/// What the values of a vector are. Every type has nulls; whether a column may hold them stands in its ``Field``.
public indirect enum DataType: Hashable, Sendable {
  /// True or false, one bit a value.
  case boolean
  /// A whole number of 8 bits.
  case int8
  /// A whole number of 16 bits.
  case int16
  /// A whole number of 32 bits.
  case int32
  /// A whole number of 64 bits.
  case int64
  /// A binary floating-point number of 32 bits.
  case float
  /// A binary floating-point number of 64 bits.
  case double
  /// `precision` digits, 1 to 38, of which `scale`, at most as many, stand behind the point: the number times ten to the
  /// power of `scale`, in 64 bits up to 18 digits, else in 128.
  case decimal(precision: Int, scale: Int)
  /// Days since 1970-01-01, in 32 bits.
  case date
  /// Microseconds since 1970-01-01 UTC, in 64 bits.
  case timestamp
  /// Months, days and microseconds: an ``Interval``.
  case interval
  /// UTF-8.
  case string
  /// Bytes.
  case binary
  /// Any number of values in their order; the field says what they are and whether null is among them.
  case list(Field)
  /// Named values side by side.
  case structure([Field])
  /// Different keys, which are never null, each with a value.
  case map(key: Field, value: Field)
}

extension DataType {
  /// The most digits of a decimal.
  public static let maximumPrecision = 38
  /// The most digits of a decimal that lies in 64 bits.
  public static let narrowPrecision = 18

  /// Whether numbers of this type can be added.
  public var isNumeric: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .float, .double, .decimal: true
    case .boolean, .date, .timestamp, .interval, .string, .binary, .list, .structure, .map: false
    }
  }

  /// Whether values consist of other values.
  public var isNested: Bool {
    switch self {
    case .list, .structure, .map: true
    case .boolean, .int8, .int16, .int32, .int64, .float, .double, .decimal, .date, .timestamp, .interval, .string,
      .binary:
      false
    }
  }

  /// How values lie in memory.
  public var physical: PhysicalType {
    switch self {
    case .boolean: .bit
    case .int8: .int8
    case .int16: .int16
    case .int32, .date: .int32
    case .int64, .timestamp: .int64
    case .float: .float
    case .double: .double
    case .decimal(let precision, _): precision <= Self.narrowPrecision ? .int64 : .int128
    case .interval: .interval
    case .string, .binary: .text
    case .list: .list
    case .structure: .structure
    case .map: .map
    }
  }
}
