internal import FlintColumns

/// The texts of a page that are not read yet.
enum TextPage {
  case none
  /// Each behind its length.
  case plain(UnsafeRawPointer, end: UnsafeRawPointer)
  /// All of one length.
  case fixed(UnsafeRawPointer, left: Int, width: Int)
  /// One behind another; their lengths are known, and so many of them are read.
  case lengths(TextLengths, read: Int, UnsafeRawBufferPointer)
  case shared(SharedTexts)
  case split(UnsafePointer<UInt8>, total: Int, first: Int, width: Int)
  /// Numbers of dictionary values.
  case codes(PageCodes)

  /// A page of texts, or of texts of `width` bytes.
  init(
    _ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int, width: Int?, _ memory: ColumnMemory
  ) throws(FormatFault) {
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    switch (encoding, width) {
    case (.plain, nil): self = .plain(start, end: start + bytes.count)
    case (.plain, let width?): self = .fixed(start, left: bytes.count / width, width: width)
    case (.rleDictionary, _), (.plainDictionary, _): self = .codes(try PageCodes(bytes))
    case (.deltaLengthByteArray, nil):
      let lengths = try TextLengths(bytes, memory)
      self = .lengths(lengths, read: 0, lengths.rest)
    case (.deltaByteArray, _): self = .shared(try SharedTexts(bytes, memory))
    case (.byteStreamSplit, let width?) where width > 0:
      guard bytes.count.isMultiple(of: width) else { throw .truncated("a page") }
      self = .split(start.assumingMemoryBound(to: UInt8.self), total: bytes.count / width, first: 0, width: width)
    case (.byteStreamSplit, _), (.deltaLengthByteArray, _), (.deltaBinaryPacked, _), (.rle, _), (.bitPacked, _):
      throw .damaged("texts are not written in the encoding \(encoding)")
    }
  }
}
