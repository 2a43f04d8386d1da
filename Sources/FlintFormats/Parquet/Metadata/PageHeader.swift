/// What stands before the bytes of a page.
struct PageHeader {
  enum Kind {
    case data(DataPage)
    case dataV2(DataPageV2)
    case dictionary(valueCount: Int, encoding: ParquetEncoding)
    /// One that is stepped over.
    case other
  }

  /// A page whose levels are compressed with its values.
  struct DataPage {
    var valueCount = 0
    var encoding = ParquetEncoding.plain
    var definitionEncoding = ParquetEncoding.rle
    var repetitionEncoding = ParquetEncoding.rle
  }

  /// A page whose levels stand before its values, uncompressed.
  struct DataPageV2 {
    var valueCount = 0
    var nullCount = 0
    var rowCount = 0
    var encoding = ParquetEncoding.plain
    var definitionLength = 0
    var repetitionLength = 0
    var isCompressed = true
  }

  var kind = Kind.other
  var uncompressedSize = 0
  var compressedSize = 0
  var checksum: UInt32?

  /// Reads a header and returns it with its length; nil when `bytes` end too early.
  static func read(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) -> (header: PageHeader, length: Int)? {
    var reader = ThriftReader(bytes)
    do throws(FormatFault) {
      let header = try PageHeader(&reader)
      return (header, reader.consumed)
    } catch {
      if case .truncated = error { return nil }
      throw error
    }
  }

  var isDictionary: Bool {
    if case .dictionary = kind { true } else { false }
  }

  var isData: Bool {
    switch kind {
    case .data, .dataV2: true
    case .dictionary, .other: false
    }
  }

  /// How many of the page's first bytes are stored as they are. Throws when the page does not have them.
  var uncompressedPrefix: Int {
    get throws(FormatFault) {
      guard case .dataV2(let page) = kind else { return 0 }
      let levels = page.definitionLength + page.repetitionLength
      guard levels <= compressedSize, levels <= uncompressedSize else { throw .truncated("a page") }
      return page.isCompressed ? levels : compressedSize
    }
  }

  private init(_ reader: inout ThriftReader) throws(FormatFault) {
    var type: Int32 = -1
    var (data, second) = (DataPage?.none, DataPageV2?.none)
    var dictionary: (valueCount: Int, encoding: ParquetEncoding)?
    try reader.structure { (reader, number, fieldType) throws(FormatFault) in
      switch (number, fieldType) {
      case (1, .int32): type = try reader.int32()
      case (2, .int32): uncompressedSize = Int(try reader.int32())
      case (3, .int32): compressedSize = Int(try reader.int32())
      case (4, .int32): checksum = UInt32(bitPattern: try reader.int32())
      case (5, .structure): data = try DataPage(&reader)
      case (7, .structure): dictionary = try Self.dictionary(&reader)
      case (8, .structure): second = try DataPageV2(&reader)
      default: return false
      }
      return true
    }
    guard uncompressedSize >= 0, compressedSize >= 0 else { throw .damaged("a page has a negative size") }
    switch type {
    case 0:
      guard let data else { throw .damaged("a data page has no header of its kind") }
      kind = .data(data)
    case 2:
      guard let dictionary else { throw .damaged("a dictionary page has no header of its kind") }
      kind = .dictionary(valueCount: dictionary.valueCount, encoding: dictionary.encoding)
    case 3:
      guard let second else { throw .damaged("a data page has no header of its kind") }
      kind = .dataV2(second)
    default: kind = .other
    }
  }

  private static func dictionary(
    _ reader: inout ThriftReader
  ) throws(FormatFault) -> (valueCount: Int, encoding: ParquetEncoding) {
    var page = (valueCount: 0, encoding: ParquetEncoding.plain)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .int32): page.valueCount = try reader.count()
      case (2, .int32): page.encoding = try reader.encoding()
      default: return false
      }
      return true
    }
    return page
  }
}

extension PageHeader.DataPage {
  fileprivate init(_ reader: inout ThriftReader) throws(FormatFault) {
    try reader.structure { (reader, number, type) throws(FormatFault) in
      guard type == .int32 else { return false }
      switch number {
      case 1: valueCount = try reader.count()
      case 2: encoding = try reader.encoding()
      case 3: definitionEncoding = try reader.encoding()
      case 4: repetitionEncoding = try reader.encoding()
      default: return false
      }
      return true
    }
  }
}

extension PageHeader.DataPageV2 {
  fileprivate init(_ reader: inout ThriftReader) throws(FormatFault) {
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .int32): valueCount = try reader.count()
      case (2, .int32): nullCount = try reader.count()
      case (3, .int32): rowCount = try reader.count()
      case (4, .int32): encoding = try reader.encoding()
      case (5, .int32): definitionLength = try reader.count()
      case (6, .int32): repetitionLength = try reader.count()
      case (7, .yes), (7, .no): isCompressed = type == .yes
      default: return false
      }
      return true
    }
  }
}

extension ThriftReader {
  /// A number that counts something.
  fileprivate mutating func count() throws(FormatFault) -> Int {
    let number = try int32()
    guard number >= 0 else { throw .damaged("a page's header has a negative count") }
    return Int(number)
  }

  fileprivate mutating func encoding() throws(FormatFault) -> ParquetEncoding {
    let number = try int32()
    guard let encoding = ParquetEncoding(rawValue: number) else {
      throw .unsupported("a page has the unknown encoding \(number)")
    }
    return encoding
  }
}
