internal import FlintColumns
internal import FlintCompression
internal import FlintCore

/// Makes vectors of the bytes of a message. Values that lie in the file as they do in a vector stay where they were read.
struct ArrowDecoder {
  let header: ArrowBatchHeader
  /// The part of the message's bytes in which the column lies, and where it begins.
  let bytes: ColumnBuffer
  let base: Int
  var cursor: ArrowCursor
  var dictionaries: ArrowDictionaries
  let decompressor: BlockDecompressor?
  let limit: Int
  let memory: ColumnMemory
  /// Which of the structures are not null whose parts are being read. In the parts of the others anything may stand.
  var outer: Validity?
  var kernels: Kernels { Kernels(memory) }

  /// The next column or part of one: exactly `count` values, or as many as it has.
  mutating func vector(_ field: ArrowField, _ type: DataType, count wanted: Int?) throws(FormatFault) -> Vector {
    let node = header.nodes[cursor.node]
    cursor.node += 1
    let count = wanted ?? node.length
    guard node.length >= count else { throw .damaged("it has \(node.length) values for \(count) rows") }
    if let coding = field.coding { return try coded(coding, type, count, node.nulls) }
    switch field.type {
    case .bytes(let isText, let isLarge):
      let validity = try validity(count, node.nulls)
      return isLarge
        ? try texts(isText, type, count, validity, Int64.self) : try texts(isText, type, count, validity, Int32.self)
    case .view(let isText): return try views(isText, type, count, try validity(count, node.nulls))
    case .fixedBytes(let width): return try fixedBytes(width, type, count, try validity(count, node.nulls))
    case .list(let isLarge):
      let validity = try validity(count, node.nulls)
      return isLarge
        ? try list(field, type, count, validity, Int64.self) : try list(field, type, count, validity, Int32.self)
    case .fixedList(let size): return try fixedList(field, type, count, size, try validity(count, node.nulls))
    case .structure: return try structure(field, type, count, try validity(count, node.nulls))
    case .map: return try map(field, type, count, try validity(count, node.nulls))
    default: return try numbers(field.type, type, count, try validity(count, node.nulls))
    }
  }

  /// The next buffer, decompressed.
  mutating func nextBytes() throws(FormatFault) -> ArrowBytes {
    let range = header.buffers[cursor.buffer]
    cursor.buffer += 1
    // A buffer without bytes may be said to lie anywhere.
    let stored = ArrowBytes(owner: bytes, offset: range.isEmpty ? 0 : range.lowerBound - base, count: range.count)
    guard let decompressor, range.count > 0 else { return stored }
    guard range.count >= 8 else { throw .truncated("a compressed buffer") }
    let size = stored.value(0, Int64.self)
    if size == -1 { return ArrowBytes(owner: bytes, offset: stored.offset + 8, count: stored.count - 8) }
    guard size >= 0 else { throw .damaged("a compressed buffer says that it has \(size) bytes") }
    guard size <= limit else { throw .tooLarge("a buffer has \(size) bytes, the limit is \(limit)") }
    let plain = try memory.bytes(Int(size))
    do throws(FlintError) {
      try decompressor.decompress(
        UnsafeRawBufferPointer(start: stored.start + 8, count: stored.count - 8),
        filling: UnsafeMutableRawBufferPointer(start: plain.start, count: Int(size)))
    } catch { throw .other(error) }
    return ArrowBytes(owner: plain, offset: 0, count: Int(size))
  }

  /// The next buffer as validity bits, without those of parts of structures that are null; nil when no value is null.
  mutating func validity(_ count: Int, _ nulls: Int) throws(FormatFault) -> Validity? {
    let bytes = try nextBytes()
    if count == 0 { return nil }
    // The bits may be there all the same, or be left out.
    if nulls == 0 { return outer }
    let own = try bytes.bits(count)
    guard let outer else { return own }
    let both = try memory.bytes((count + 63) / 64 * 8)
    let words = both.pointer(to: UInt64.self)
    for index in stride(from: 0, to: count, by: 64) {
      words[index / 64] = own.bits.word(index) & outer.bits.word(index)
    }
    return Validity(both)
  }

  // MARK: Dictionaries.

  private mutating func coded(
    _ coding: ArrowField.Coding, _ type: DataType, _ count: Int, _ nulls: Int
  ) throws(FormatFault) -> Vector {
    let validity = try validity(count, nulls)
    let numbers = try nextBytes()
    let there = validity.map { $0.bits.setCount(count) } ?? count
    let dictionary = try dictionaries.values(coding.dictionary, memory)
    guard let dictionary, dictionary.count > 0, there > 0 else {
      guard there == 0 else { throw .damaged("it uses a dictionary without values") }
      return try allNull(type, count)
    }
    // Vectors have dictionaries of texts, and none with null in it.
    let isKept = dictionary.type.physical == .text && dictionary.nullCount == 0
    let codes = try memory.bytes(count * 4)
    let limit = Int64(dictionary.count)
    let missing: Int32 = isKept ? 0 : -1
    switch (coding.bits, coding.isSigned) {
    case (8, true): try Self.read(numbers, Int8.self, count, validity, limit, missing, codes)
    case (8, false): try Self.read(numbers, UInt8.self, count, validity, limit, missing, codes)
    case (16, true): try Self.read(numbers, Int16.self, count, validity, limit, missing, codes)
    case (16, false): try Self.read(numbers, UInt16.self, count, validity, limit, missing, codes)
    case (32, true): try Self.read(numbers, Int32.self, count, validity, limit, missing, codes)
    case (32, false): try Self.read(numbers, UInt32.self, count, validity, limit, missing, codes)
    case (_, true): try Self.read(numbers, Int64.self, count, validity, limit, missing, codes)
    case (_, false): try Self.read(numbers, UInt64.self, count, validity, limit, missing, codes)
    }
    if isKept {
      return Vector(
        type, count: count, validity: validity, .dictionary(codes: codes, start: 0, dictionary: dictionary))
    }
    do throws(FlintError) {
      return try kernels.take(dictionary, RowNumbers(codes, count: count, mayMiss: validity != nil))
    } catch { throw .other(error) }
  }

  /// Reads numbers of a dictionary's values, with `missing` in place of null.
  private static func read<Number: FixedWidthInteger & BitwiseCopyable>(
    _ numbers: ArrowBytes, _: Number.Type, _ count: Int, _ validity: Validity?, _ limit: Int64, _ missing: Int32,
    _ codes: ColumnBuffer
  ) throws(FormatFault) {
    try numbers.require(count, of: Number.self)
    let target = codes.pointer(to: Int32.self)
    let bits = validity?.bits
    var isWrong = false
    for row in 0..<count {
      let number = Int64(truncatingIfNeeded: numbers.value(row, Number.self))
      let isThere = bits?[row] ?? true
      let isInside = number >= 0 && number < limit
      isWrong = isWrong || isThere && !isInside
      target[row] = isThere && isInside ? Int32(truncatingIfNeeded: number) : missing
    }
    if isWrong { throw .damaged("a number of a dictionary's value is not one of its \(limit)") }
  }

  func allNull(_ type: DataType, _ count: Int) throws(FormatFault) -> Vector {
    do throws(FlintError) { return try kernels.nulls(type, count: count) } catch { throw .other(error) }
  }
}
