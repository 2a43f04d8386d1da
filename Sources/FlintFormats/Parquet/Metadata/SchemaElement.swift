/// One node of a Parquet schema. The nodes lie in a list, each group before its children.
struct SchemaElement {
  enum Repetition: Int32 { case required = 0, optional, repeated }

  var type: ParquetPhysicalType?
  /// Bytes of a value of fixed length.
  var typeLength: Int = 0
  var repetition = Repetition.required
  var name = ""
  var childCount = 0
  var logicalType: ParquetLogicalType?
  var fieldID: Int32?

  static func read(_ reader: inout ThriftReader) throws(FormatFault) -> SchemaElement {
    var element = SchemaElement()
    var converted: Int32?
    var (scale, precision) = (Int32(0), Int32(0))
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .int32):
        guard let type = ParquetPhysicalType(rawValue: try reader.int32()) else {
          throw .damaged("a column has an unknown physical type")
        }
        element.type = type
      case (2, .int32): element.typeLength = Int(try reader.int32())
      case (3, .int32):
        guard let repetition = Repetition(rawValue: try reader.int32()) else {
          throw .damaged("a column has an unknown repetition")
        }
        element.repetition = repetition
      case (4, .binary): element.name = try reader.text()
      case (5, .int32): element.childCount = Int(try reader.int32())
      case (6, .int32): converted = try reader.int32()
      case (7, .int32): scale = try reader.int32()
      case (8, .int32): precision = try reader.int32()
      case (9, .int32): element.fieldID = try reader.int32()
      case (10, .structure): element.logicalType = try ParquetLogicalType.read(&reader)
      default: return false
      }
      return true
    }
    if let converted, element.logicalType == nil || element.logicalType == .other {
      element.logicalType = ParquetLogicalType(converted: converted, precision: precision, scale: scale)
    }
    return element
  }

  func write(_ writer: inout ThriftStructWriter, isRoot: Bool) {
    writer.field(1, type?.rawValue)
    writer.field(2, type == .fixedLengthByteArray ? Int32(typeLength) : nil)
    writer.field(3, isRoot ? nil : repetition.rawValue)
    writer.field(4, name)
    writer.field(5, type == nil ? Int32(childCount) : nil)
    writer.field(6, logicalType?.converted)
    if case .decimal(let precision, let scale) = logicalType {
      writer.field(7, Int32(scale))
      writer.field(8, Int32(precision))
    }
    writer.field(9, fieldID)
    logicalType?.write(10, to: &writer)
  }
}
