extension PageHeader {
  init(_ kind: Kind, uncompressedSize: Int, compressedSize: Int, checksum: UInt32?) {
    (self.kind, self.uncompressedSize, self.compressedSize) = (kind, uncompressedSize, compressedSize)
    self.checksum = checksum
  }

  /// The header's bytes.
  var bytes: [UInt8] {
    ThriftStructWriter.bytes { writer in
      writer.field(1, typeNumber)
      writer.field(2, Int32(uncompressedSize))
      writer.field(3, Int32(compressedSize))
      writer.field(4, checksum.map { Int32(bitPattern: $0) })
      switch kind {
      case .data(let page):
        writer.structure(5) {
          $0.field(1, Int32(page.valueCount))
          $0.field(2, page.encoding.rawValue)
          $0.field(3, page.definitionEncoding.rawValue)
          $0.field(4, page.repetitionEncoding.rawValue)
        }
      case .dictionary(let valueCount, let encoding):
        writer.structure(7) {
          $0.field(1, Int32(valueCount))
          $0.field(2, encoding.rawValue)
        }
      case .dataV2(let page):
        writer.structure(8) {
          $0.field(1, Int32(page.valueCount))
          $0.field(2, Int32(page.nullCount))
          $0.field(3, Int32(page.rowCount))
          $0.field(4, page.encoding.rawValue)
          $0.field(5, Int32(page.definitionLength))
          $0.field(6, Int32(page.repetitionLength))
          $0.field(7, page.isCompressed)
        }
      case .other: break
      }
    }
  }

  private var typeNumber: Int32 {
    switch kind {
    case .data: 0
    case .other: 1
    case .dictionary: 2
    case .dataV2: 3
    }
  }
}
