/// What the values of a column mean.
enum ParquetLogicalType: Hashable {
  enum Unit: Hashable { case millis, micros, nanos }

  case string
  case map
  case list
  case enumeration
  case decimal(precision: Int, scale: Int)
  case date
  case time(Unit)
  case timestamp(Unit, isUTC: Bool)
  case integer(bits: Int, isSigned: Bool)
  case unknown
  case json
  case bson
  case uuid
  case float16
  /// Months, days and milliseconds in twelve bytes.
  case interval
  /// One that is not known here: the values are read as they are stored.
  case other

  /// Reads the union of logical types.
  static func read(_ reader: inout ThriftReader) throws(FormatFault) -> ParquetLogicalType {
    var type = ParquetLogicalType.other
    try reader.structure { (reader, number, kind) throws(FormatFault) in
      guard kind == .structure else { return false }
      switch number {
      case 1: type = .string
      case 2: type = .map
      case 3: type = .list
      case 4: type = .enumeration
      case 5:
        type = try readDecimal(&reader)
        return true
      case 6: type = .date
      case 7:
        type = .time(try readTime(&reader).unit)
        return true
      case 8:
        let (unit, isUTC) = try readTime(&reader)
        type = .timestamp(unit, isUTC: isUTC)
        return true
      case 10:
        type = try readInteger(&reader)
        return true
      case 11: type = .unknown
      case 12: type = .json
      case 13: type = .bson
      case 14: type = .uuid
      case 15: type = .float16
      default: break
      }
      return false
    }
    return type
  }

  private static func readDecimal(_ reader: inout ThriftReader) throws(FormatFault) -> ParquetLogicalType {
    var (scale, precision) = (Int32(0), Int32(0))
    try reader.structure { (reader, number, type) throws(FormatFault) in
      guard type == .int32 else { return false }
      switch number {
      case 1: scale = try reader.int32()
      case 2: precision = try reader.int32()
      default: return false
      }
      return true
    }
    return .decimal(precision: Int(precision), scale: Int(scale))
  }

  private static func readTime(_ reader: inout ThriftReader) throws(FormatFault) -> (unit: Unit, isUTC: Bool) {
    var (unit, isUTC) = (Unit.micros, true)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .yes), (1, .no):
        isUTC = type == .yes
        return true
      case (2, .structure):
        try reader.structure { (_, number, _) throws(FormatFault) in
          switch number {
          case 1: unit = .millis
          case 2: unit = .micros
          case 3: unit = .nanos
          default: throw .unsupported("its time has an unknown unit")
          }
          return false
        }
        return true
      default: return false
      }
    }
    return (unit, isUTC)
  }

  private static func readInteger(_ reader: inout ThriftReader) throws(FormatFault) -> ParquetLogicalType {
    var (bits, isSigned) = (0, true)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .byte): bits = Int(try reader.int8())
      case (2, .yes), (2, .no): isSigned = type == .yes
      default: return false
      }
      return true
    }
    return .integer(bits: bits, isSigned: isSigned)
  }
}
