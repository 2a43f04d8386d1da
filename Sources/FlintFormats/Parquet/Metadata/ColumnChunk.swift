/// The values of one column in one row group: where their pages lie, and what is known of them.
struct ColumnChunk {
  var type = ParquetPhysicalType.boolean
  var encodings: [Int32] = []
  var path: [String] = []
  var codec = ParquetCodec.none
  var valueCount: Int64 = 0
  var uncompressedSize: Int64 = 0
  var compressedSize: Int64 = 0
  var dataPageOffset: Int64 = 0
  var dictionaryPageOffset: Int64?
  var statistics: ColumnStatistics?
  var bloomFilterOffset: Int64?
  var bloomFilterLength: Int32?
  var offsetIndexOffset: Int64?
  var offsetIndexLength: Int32?
  var columnIndexOffset: Int64?
  var columnIndexLength: Int32?
  /// The codec's number when it is none that is read here.
  var unknownCodec: Int32?
  var isEncrypted = false
  var isElsewhere = false

  /// Bytes that a chunk takes at least in a footer: nine fields that none may lack, of two bytes or more.
  static let leastSize = 10

  /// Where the chunk's first page begins.
  var start: Int64 {
    // Some writers say 0 for no dictionary.
    if let dictionary = dictionaryPageOffset, dictionary > 0 { min(dictionary, dataPageOffset) } else { dataPageOffset }
  }

  /// Where the chunk stands in the file, once it is checked.
  var place: Range<Int64> { start..<start + compressedSize }

  static func read(_ reader: inout ThriftReader) throws(FormatFault) -> ColumnChunk {
    var chunk = ColumnChunk()
    var hasMetadata = false
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .binary): chunk.isElsewhere = try !reader.binary().isEmpty
      case (3, .structure):
        hasMetadata = true
        try chunk.readMetadata(&reader)
      case (4, .int64): chunk.offsetIndexOffset = try reader.int64()
      case (5, .int32): chunk.offsetIndexLength = try reader.int32()
      case (6, .int64): chunk.columnIndexOffset = try reader.int64()
      case (7, .int32): chunk.columnIndexLength = try reader.int32()
      case (8, .structure), (9, .binary):
        chunk.isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    guard hasMetadata || chunk.isEncrypted else { throw .damaged("a column chunk has no metadata") }
    return chunk
  }

  private mutating func readMetadata(_ reader: inout ThriftReader) throws(FormatFault) {
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .int32):
        guard let type = ParquetPhysicalType(rawValue: try reader.int32()) else {
          throw .damaged("a column chunk has an unknown physical type")
        }
        self.type = type
      case (2, .list):
        encodings = try reader.list(.int32) { (reader) throws(FormatFault) in try reader.int32() }
      case (3, .list):
        path = try reader.list(.binary) { (reader) throws(FormatFault) in try reader.text() }
      case (4, .int32):
        let number = try reader.int32()
        if let codec = ParquetCodec(rawValue: number) { self.codec = codec } else { unknownCodec = number }
      case (5, .int64): valueCount = try reader.int64()
      case (6, .int64): uncompressedSize = try reader.int64()
      case (7, .int64): compressedSize = try reader.int64()
      case (9, .int64): dataPageOffset = try reader.int64()
      case (11, .int64): dictionaryPageOffset = try reader.int64()
      case (12, .structure): statistics = try ColumnStatistics.read(&reader)
      case (14, .int64): bloomFilterOffset = try reader.int64()
      case (15, .int32): bloomFilterLength = try reader.int32()
      default: return false
      }
      return true
    }
  }

  func write(_ writer: inout ThriftStructWriter) {
    writer.field(2, start)
    writer.structure(3) { metadata in
      metadata.field(1, type.rawValue)
      metadata.list(2, encodings)
      metadata.list(3, path.map { Array($0.utf8) })
      metadata.field(4, codec.rawValue)
      metadata.field(5, valueCount)
      metadata.field(6, uncompressedSize)
      metadata.field(7, compressedSize)
      metadata.field(9, dataPageOffset)
      metadata.field(11, dictionaryPageOffset)
      if let statistics { metadata.structure(12) { statistics.write(&$0) } }
      metadata.field(14, bloomFilterOffset)
      metadata.field(15, bloomFilterLength)
    }
    writer.field(4, offsetIndexOffset)
    writer.field(5, offsetIndexLength)
    writer.field(6, columnIndexOffset)
    writer.field(7, columnIndexLength)
  }
}
