/// The footer of a Parquet file.
struct FileMetadata {
  var schema: [SchemaElement] = []
  var rowCount: Int64 = 0
  var rowGroups: [RowGroup] = []
  /// What writers kept beside the schema, in their order.
  var properties: [(key: String, value: String)] = []
  var createdBy: String?
  /// Whether the bounds of statistics follow the order of each type. Files without it do not say by which they were taken.
  var hasTypeOrder = false

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    var reader = ThriftReader(bytes)
    var isComplete = (schema: false, rowCount: false, groups: false)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (2, .list):
        schema = try reader.list(.structure, leastSize: 4) { (reader) throws(FormatFault) in
          try SchemaElement.read(&reader)
        }
        isComplete.schema = true
      case (3, .int64):
        rowCount = try reader.int64()
        isComplete.rowCount = true
      case (4, .list):
        rowGroups = try reader.list(.structure, leastSize: 7) { (reader) throws(FormatFault) in
          try RowGroup.read(&reader)
        }
        isComplete.groups = true
      case (5, .list):
        properties = try reader.list(.structure, leastSize: 3) { (reader) throws(FormatFault) in
          try Self.property(&reader)
        }
      case (6, .binary): createdBy = String(decoding: try reader.binary(), as: UTF8.self)
      case (7, .list):
        hasTypeOrder = true
        return false
      case (8, .structure): throw .unsupported("it is encrypted")
      default: return false
      }
      return true
    }
    guard isComplete == (true, true, true) else { throw .damaged("its footer lacks the schema or the row groups") }
  }

  private static func property(_ reader: inout ThriftReader) throws(FormatFault) -> (key: String, value: String) {
    var property = (key: "", value: "")
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .binary): property.key = String(decoding: try reader.binary(), as: UTF8.self)
      case (2, .binary): property.value = String(decoding: try reader.binary(), as: UTF8.self)
      default: return false
      }
      return true
    }
    return property
  }

  /// The footer's bytes.
  var bytes: [UInt8] {
    ThriftStructWriter.bytes { writer in
      writer.field(1, Int32(2))
      writer.list(2, Array(schema.enumerated())) { $1.element.write(&$0, isRoot: $1.offset == 0) }
      writer.field(3, rowCount)
      writer.list(4, rowGroups) { $1.write(&$0) }
      if !properties.isEmpty {
        writer.list(5, properties) { writer, property in
          writer.field(1, property.key)
          writer.field(2, property.value)
        }
      }
      writer.field(6, createdBy)
      let leaves = schema.count { $0.type != nil }
      writer.list(7, Array(repeating: (), count: leaves)) { writer, _ in writer.structure(1) { _ in } }
    }
  }
}
