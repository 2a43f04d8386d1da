/// Rows that lie together in a file: a chunk for each column.
struct RowGroup {
  var columns: [ColumnChunk] = []
  var uncompressedSize: Int64 = 0
  var rowCount: Int64 = 0
  var compressedSize: Int64 = 0
  var ordinal: Int?

  static func read(_ reader: inout ThriftReader) throws(FormatFault) -> RowGroup {
    var group = RowGroup()
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .list):
        group.columns = try reader.list(.structure, leastSize: ColumnChunk.leastSize) {
          (reader) throws(FormatFault) in try ColumnChunk.read(&reader)
        }
      case (2, .int64): group.uncompressedSize = try reader.int64()
      case (3, .int64): group.rowCount = try reader.int64()
      case (6, .int64): group.compressedSize = try reader.int64()
      default: return false
      }
      return true
    }
    return group
  }

  func write(_ writer: inout ThriftStructWriter) {
    writer.list(1, columns) { $1.write(&$0) }
    writer.field(2, uncompressedSize)
    writer.field(3, rowCount)
    writer.field(5, columns.first?.start)
    writer.field(6, compressedSize)
  }
}
