/// Where the data pages of a chunk lie.
struct OffsetIndex {
  struct Page {
    var offset: Int64 = 0
    /// Bytes with the header.
    var size: Int32 = 0
    /// The number of its first row in the row group.
    var firstRow: Int64 = 0
  }

  var pages: [Page]

  init(pages: [Page]) {
    self.pages = pages
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    pages = []
    var reader = ThriftReader(bytes)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      guard number == 1, type == .list else { return false }
      pages = try reader.list(.structure, leastSize: 7) { (reader) throws(FormatFault) in
        var page = Page()
        try reader.structure { (reader, number, type) throws(FormatFault) in
          switch (number, type) {
          case (1, .int64): page.offset = try reader.int64()
          case (2, .int32): page.size = try reader.int32()
          case (3, .int64): page.firstRow = try reader.int64()
          default: return false
          }
          return true
        }
        return page
      }
      return true
    }
  }

  var bytes: [UInt8] {
    ThriftStructWriter.bytes { writer in
      writer.list(1, pages) { writer, page in
        writer.field(1, page.offset)
        writer.field(2, page.size)
        writer.field(3, page.firstRow)
      }
    }
  }
}
