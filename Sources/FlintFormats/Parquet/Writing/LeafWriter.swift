internal import FlintColumns
internal import FlintCompression
internal import FlintCore

/// Writes the chunks of one column: collects values, and makes pages of them.
final class LeafWriter {
  let leaf: WrittenLeaf
  private let options: ParquetWriteOptions
  private let memory: ColumnMemory
  private let encoder: any ValueEncoder
  private let compressor: BlockCompressor?
  /// Levels of the page; none as long as every entry has the highest definition level.
  private var definitions: [UInt8] = []
  private var repetitions: [UInt8] = []
  private var entries = 0
  private var rows = 0
  /// The pages of the chunk, without its dictionary, and what is known of them.
  private(set) var pages: ByteSink
  private var chunk: ChunkNotes
  /// Where a page is put together.
  private var levels: ByteSink
  private var values: ByteSink
  private var compressed: ByteSink

  init(_ leaf: WrittenLeaf, _ options: ParquetWriteOptions, _ memory: ColumnMemory) throws {
    self.leaf = leaf
    self.options = options
    self.memory = memory
    encoder = try Self.encoder(leaf, options, memory)
    compressor = try options.codec.compression.map { try BlockCompressor($0, level: options.level) }
    chunk = ChunkNotes(leaf)
    pages = try ByteSink(memory)
    levels = try ByteSink(memory)
    values = try ByteSink(memory)
    compressed = try ByteSink(memory)
  }

  private static func encoder(
    _ leaf: WrittenLeaf, _ options: ParquetWriteOptions, _ memory: ColumnMemory
  ) throws(FormatFault) -> any ValueEncoder {
    let wanted = options.encodings[leaf.name]
    let dictionarySize = wanted == nil || wanted == .rleDictionary ? options.dictionarySize : 0
    let encoding = wanted == .rleDictionary ? nil : wanted
    if let encoding, !leaf.allows(encoding) {
      throw .other(
        FlintError(.invalidArgument, "column \(leaf.name) cannot be written in the encoding \(encoding)"))
    }
    switch leaf.physical {
    case .boolean: return try BitEncoder(encoding ?? .plain, memory)
    case .int32, .int64, .float, .double:
      return try WordEncoder(leaf, encoding ?? .plain, dictionarySize: dictionarySize, memory)
    case .byteArray, .fixedLengthByteArray, .int96:
      return try TextEncoder(leaf, encoding ?? .plain, dictionarySize: dictionarySize, memory)
    }
  }

  /// Bytes of the chunk so far.
  var size: Int { pages.count + encoder.size }

  /// Adds values, and writes the pages that are full.
  func add(_ input: LeafInput) throws {
    var (entry, value) = (0, 0)
    while entry < input.count {
      let end = pageEnd(input, from: entry)
      let count = end - entry
      let valid: Int
      if input.definitions.isEmpty {
        valid = count
        if !definitions.isEmpty {
          definitions += [UInt8](repeating: UInt8(leaf.definition), count: count)
        }
      } else {
        if definitions.isEmpty { definitions = [UInt8](repeating: UInt8(leaf.definition), count: entries) }
        definitions += input.definitions[entry..<end]
        valid = input.definitions[entry..<end].count { $0 == UInt8(leaf.definition) }
      }
      if leaf.repetition > 0 { repetitions += input.repetitions[entry..<end] }
      try append(input, value, valid)
      rows += leaf.repetition > 0 ? input.repetitions[entry..<end].count { $0 == 0 } : count
      entries += count
      (entry, value) = (end, value + valid)
      if rows >= options.pageRows || encoder.size >= options.pageSize { try finishPage() }
    }
  }

  private func append(_ input: LeafInput, _ start: Int, _ count: Int) throws(FormatFault) {
    guard count > 0 else { return }
    guard let rows = input.rows else {
      return try encoder.append(input.vector, nil, start: start, count: count)
    }
    try rows.withUnsafeBufferPointer { (rows) throws(FormatFault) in
      try encoder.append(input.vector, rows.baseAddress, start: start, count: count)
    }
  }

  /// Where the entries end that still belong to the page: before a row, and not too far behind what a page may have.
  private func pageEnd(_ input: LeafInput, from entry: Int) -> Int {
    let room = min(max(1, options.pageRows - rows), 1024)
    guard leaf.repetition > 0 else { return min(entry + room, input.count) }
    var (end, begun) = (entry, 0)
    while end < input.count {
      if input.repetitions[end] == 0 {
        if begun == room { break }
        begun += 1
      }
      end += 1
    }
    return end
  }

  private func finishPage() throws {
    guard entries > 0 else { return }
    let nulls = entries - encoder.count
    let bounds = options.hasStatistics ? encoder.bounds() : nil
    if options.bloomFilters.contains(leaf.name) { encoder.appendHashes(to: &chunk.hashes) }
    values.removeAll()
    levels.removeAll()
    let valueCount = encoder.count
    let encoding = try encoder.finishPage(to: &values)
    let header =
      options.pageVersion == .v1 ? try finishV1(encoding) : try finishV2(encoding, nulls: nulls)
    let start = pages.count
    try pages.append(header.bytes)
    chunk.uncompressedSize += pages.count - start + header.uncompressedSize
    if options.pageVersion == .v2 { try pages.append(levels.bytes) }
    try pages.append(compressed.bytes)
    chunk.add(
      encoding, entries: entries, nulls: nulls, bounds: valueCount > 0 ? bounds : nil, offset: start,
      size: pages.count - start, rows: rows)
    definitions.removeAll(keepingCapacity: true)
    repetitions.removeAll(keepingCapacity: true)
    (entries, rows) = (0, 0)
  }

  /// Puts a page of the first form together: its levels, each behind their length, and its values, all compressed.
  private func finishV1(_ encoding: ParquetEncoding) throws -> PageHeader {
    if leaf.repetition > 0 { try appendLevels(repetitions, leaf.repetition, hasLength: true, to: &levels) }
    if leaf.definition > 0 { try appendLevels(definitions, leaf.definition, hasLength: true, to: &levels) }
    try levels.append(values.bytes)
    compressed.removeAll()
    try compress(levels.bytes)
    return PageHeader(
      .data(PageHeader.DataPage(valueCount: entries, encoding: encoding)),
      uncompressedSize: levels.count, compressedSize: compressed.count,
      checksum: options.hasChecksums ? CRC32.checksum(compressed.bytes) : nil)
  }

  /// Puts a page of the second form together: its levels, and its values, of which only those are compressed.
  private func finishV2(_ encoding: ParquetEncoding, nulls: Int) throws -> PageHeader {
    var page = PageHeader.DataPageV2(valueCount: entries, nullCount: nulls, rowCount: rows, encoding: encoding)
    if leaf.repetition > 0 { try appendLevels(repetitions, leaf.repetition, hasLength: false, to: &levels) }
    page.repetitionLength = levels.count
    if leaf.definition > 0 { try appendLevels(definitions, leaf.definition, hasLength: false, to: &levels) }
    page.definitionLength = levels.count - page.repetitionLength
    compressed.removeAll()
    try compress(values.bytes)
    page.isCompressed = compressor != nil
    var checksum: UInt32?
    if options.hasChecksums { checksum = CRC32.checksum(compressed.bytes, behind: CRC32.checksum(levels.bytes)) }
    return PageHeader(
      .dataV2(page), uncompressedSize: levels.count + values.count,
      compressedSize: levels.count + compressed.count, checksum: checksum)
  }

  private func appendLevels(
    _ levels: [UInt8], _ greatest: Int, hasLength: Bool, to sink: inout ByteSink
  ) throws(FormatFault) {
    let width = Int.bitWidth - greatest.leadingZeroBitCount
    let start = sink.count
    if hasLength { try sink.append(UInt32(0)) }
    if levels.isEmpty {
      try HybridEncoder.repeated(UInt8(greatest), entries, width, to: &sink)
    } else {
      try levels.withUnsafeBufferPointer { (levels) throws(FormatFault) in
        try HybridEncoder.encode(
          levels.baseAddress.unsafelyUnwrapped, count: levels.count, width: width, to: &sink)
      }
    }
    if hasLength {
      (sink.start + start).storeBytes(of: UInt32(sink.count - start - 4).littleEndian, as: UInt32.self)
    }
  }

  private func compress(_ bytes: UnsafeRawBufferPointer) throws {
    guard let compressor else { return try compressed.append(bytes) }
    let room = try compressor.bound(bytes.count)
    let target = UnsafeMutableRawBufferPointer(start: try compressed.reserve(room), count: room)
    compressed.add(try compressor.compress(bytes, into: target))
  }

  /// Ends the chunk, so that ``pages`` holds its bytes but for those of the dictionary, which stands before them, and returns
  /// what the footer says of it, with offsets from the chunk's beginning.
  func finishChunk(dictionary: inout ByteSink) throws -> ChunkNotes {
    try finishPage()
    dictionary.removeAll()
    values.removeAll()
    if let count = try encoder.finishDictionary(to: &values) {
      compressed.removeAll()
      try compress(values.bytes)
      let header = PageHeader(
        .dictionary(valueCount: count, encoding: .plain), uncompressedSize: values.count,
        compressedSize: compressed.count,
        checksum: options.hasChecksums ? CRC32.checksum(compressed.bytes) : nil)
      try dictionary.append(header.bytes)
      chunk.uncompressedSize += dictionary.count + values.count
      try dictionary.append(compressed.bytes)
    }
    return chunk
  }

  /// Begins the next chunk, once the bytes of the one before are written.
  func beginChunk() {
    chunk = ChunkNotes(leaf)
    pages.removeAll()
  }
}

extension WrittenLeaf {
  /// Whether values of this kind can be written so.
  fileprivate func allows(_ encoding: ParquetEncoding) -> Bool {
    switch (encoding, physical) {
    case (.plain, _): true
    case (.rle, .boolean): true
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64): true
    case (.deltaLengthByteArray, .byteArray): true
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray): true
    case (.byteStreamSplit, .int32), (.byteStreamSplit, .int64): true
    case (.byteStreamSplit, .float), (.byteStreamSplit, .double): true
    case (.byteStreamSplit, .fixedLengthByteArray): true
    default: false
    }
  }
}
