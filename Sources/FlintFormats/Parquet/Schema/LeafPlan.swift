internal import FlintColumns

/// How the values of a column become those of a vector.
enum LeafPlan {
  case bits
  /// Values of a fixed width in the file.
  case fixed(ValueConversion, sourceWidth: Int)
  /// Texts, all of one width where there is one.
  case text(width: Int?)
  /// Decimals as texts of big-endian bytes.
  case textDecimal

  func decoder(_ type: DataType, _ memory: ColumnMemory) throws(FormatFault) -> any LeafDecoder {
    switch self {
    case .bits: try BitLeaf(memory)
    case .fixed(let conversion, let width): try FixedLeaf(type, conversion, sourceWidth: width, memory)
    case .text(let width): try TextLeaf(type, width: width, memory)
    case .textDecimal: try TextDecimalLeaf(type, memory)
    }
  }
}

extension SchemaElement {
  /// The type of a leaf's values, and how they are read. Throws for what cannot be read.
  func leafType(_ physical: ParquetPhysicalType) throws(FormatFault) -> (DataType, LeafPlan) {
    switch physical {
    case .boolean: (.boolean, .bits)
    case .int32: try int32Type()
    case .int64: try int64Type()
    case .int96: (.timestamp, .fixed(.int96, sourceWidth: 12))
    case .float: (.float, .fixed(.none, sourceWidth: 4))
    case .double: (.double, .fixed(.none, sourceWidth: 8))
    case .byteArray: try textType()
    case .fixedLengthByteArray: try fixedType()
    }
  }

  private func int32Type() throws(FormatFault) -> (DataType, LeafPlan) {
    switch logicalType {
    case .integer(8, true): return (.int8, .fixed(.narrow8, sourceWidth: 4))
    case .integer(16, true): return (.int16, .fixed(.narrow16, sourceWidth: 4))
    case .integer(8, false): return (.int16, .fixed(.unsigned8, sourceWidth: 4))
    case .integer(16, false): return (.int32, .fixed(.unsigned16, sourceWidth: 4))
    case .integer(32, false): return (.int64, .fixed(.unsigned32, sourceWidth: 4))
    case .date: return (.date, .fixed(.none, sourceWidth: 4))
    case .decimal:
      let type = try decimalType()
      return (type, .fixed(type.physical == .int64 ? .widen : .widen128, sourceWidth: 4))
    case .time: throw Self.time
    default: return (.int32, .fixed(.none, sourceWidth: 4))
    }
  }

  private func int64Type() throws(FormatFault) -> (DataType, LeafPlan) {
    switch logicalType {
    case .integer(64, false):
      return (.decimal(precision: 20, scale: 0), .fixed(.unsigned64, sourceWidth: 8))
    case .timestamp(let unit, _):
      switch unit {
      case .millis: return (.timestamp, .fixed(.millis, sourceWidth: 8))
      case .micros: return (.timestamp, .fixed(.none, sourceWidth: 8))
      case .nanos: return (.timestamp, .fixed(.nanos, sourceWidth: 8))
      }
    case .decimal:
      let type = try decimalType()
      return (type, .fixed(type.physical == .int64 ? .none : .long128, sourceWidth: 8))
    case .time: throw Self.time
    default: return (.int64, .fixed(.none, sourceWidth: 8))
    }
  }

  private func textType() throws(FormatFault) -> (DataType, LeafPlan) {
    switch logicalType {
    case .string, .enumeration, .json: return (.string, .text(width: nil))
    case .decimal: return (try decimalType(), .textDecimal)
    default: return (.binary, .text(width: nil))
    }
  }

  private func fixedType() throws(FormatFault) -> (DataType, LeafPlan) {
    guard typeLength > 0, typeLength <= 1 << 24 else {
      throw .damaged("values of fixed length have \(typeLength) bytes")
    }
    switch logicalType {
    case .decimal:
      let type = try decimalType()
      let isNarrow = type.physical == .int64
      return (type, .fixed(isNarrow ? .bigEndian64(typeLength) : .bigEndian128(typeLength), sourceWidth: typeLength))
    case .float16 where typeLength == 2: return (.float, .fixed(.half, sourceWidth: 2))
    case .interval where typeLength == 12: return (.interval, .fixed(.interval, sourceWidth: 12))
    default: return (.binary, .text(width: typeLength))
    }
  }

  private func decimalType() throws(FormatFault) -> DataType {
    guard case .decimal(let precision, let scale) = logicalType else { preconditionFailure("\(name) is no decimal") }
    guard precision > 0, scale >= 0, scale <= precision else {
      throw .damaged("a decimal has \(precision) digits, of which \(scale) stand behind its point")
    }
    guard precision <= DataType.maximumPrecision else {
      throw .unsupported("decimals of more than \(DataType.maximumPrecision) digits are not read")
    }
    return .decimal(precision: precision, scale: scale)
  }

  private static let time = FormatFault.unsupported("times without a day are not read")
}
