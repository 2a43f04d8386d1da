/// The levels of a page before they are decoded.
struct PageLevels {
  enum Sequence {
    /// All entries have this one.
    case constant(Int)
    case runs(HybridDecoder)
  }

  var repetitions: Sequence
  var definitions: Sequence

  /// Splits the levels off a page of the first kind, where each sequence stands behind its length.
  init(
    _ page: PageHeader.DataPage, _ bytes: inout UnsafeRawBufferPointer, _ column: LeafColumn
  ) throws(FormatFault) {
    repetitions = try Self.take(&bytes, page.repetitionEncoding, page.valueCount, greatest: column.repetition)
    definitions = try Self.take(&bytes, page.definitionEncoding, page.valueCount, greatest: column.definition)
  }

  /// Splits the levels off a page of the second kind, whose header says how long they are.
  init(
    _ page: PageHeader.DataPageV2, _ bytes: inout UnsafeRawBufferPointer, _ column: LeafColumn
  ) throws(FormatFault) {
    let (first, second) = (page.repetitionLength, page.definitionLength)
    guard first + second <= bytes.count else { throw .truncated("a page") }
    repetitions = Self.sequence(UnsafeRawBufferPointer(rebasing: bytes[..<first]), column.repetition)
    // A page without nulls need not be asked.
    definitions =
      page.nullCount == 0 && column.repetition == 0
      ? .constant(column.definition)
      : Self.sequence(UnsafeRawBufferPointer(rebasing: bytes[first..<first + second]), column.definition)
    bytes = UnsafeRawBufferPointer(rebasing: bytes[(first + second)...])
  }

  private static func take(
    _ bytes: inout UnsafeRawBufferPointer, _ encoding: ParquetEncoding, _ count: Int, greatest: Int
  ) throws(FormatFault) -> Sequence {
    guard greatest > 0 else { return .constant(0) }
    guard encoding == .rle else {
      throw .unsupported("levels are written in the encoding \(encoding), which was given up long ago")
    }
    guard bytes.count >= 4 else { throw .truncated("a page") }
    let length = Int(bytes.loadUnaligned(as: UInt32.self))
    guard length <= bytes.count - 4 else { throw .truncated("a page") }
    defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[(4 + length)...]) }
    return sequence(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + length]), greatest)
  }

  private static func sequence(_ bytes: UnsafeRawBufferPointer, _ greatest: Int) -> Sequence {
    guard greatest > 0 else { return .constant(0) }
    return .runs(HybridDecoder(bytes, width: Int.bitWidth - greatest.leadingZeroBitCount))
  }
}
