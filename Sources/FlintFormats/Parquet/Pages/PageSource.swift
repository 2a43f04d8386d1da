internal import FlintColumns
internal import FlintCompression
internal import FlintCore

/// The pages of a column chunk, decompressed and with their checksums checked.
///
/// One source serves the chunks of a column one after another, one user at a time.
final class PageSource {
  private let input: ChunkInput
  private let limits: PageLimits
  private let memory: ColumnMemory
  private var decompressor: BlockDecompressor?
  private var codec = ParquetCodec.none
  private var buffer: ColumnBuffer?
  /// Memory of exactly a page's size, from the system's allocator, in which a tool sees reads past a page's end.
  private var exact: UnsafeMutableRawBufferPointer?
  private let isExact: Bool
  private var header: PageHeader?

  init(_ file: any OpenFile, _ limits: PageLimits, _ memory: ColumnMemory, isExact: Bool) {
    input = ChunkInput(file, memory)
    self.limits = limits
    self.memory = memory
    self.isExact = isExact
  }

  deinit { exact?.deallocate() }

  /// Begins a chunk: its pages stand from `start` to `end`.
  func start(_ codec: ParquetCodec, from start: Int64, to end: Int64) throws {
    if codec != self.codec || decompressor == nil {
      decompressor = try codec.compression.map { try BlockDecompressor($0) }
      self.codec = codec
    }
    header = nil
    input.start(at: start, end: end)
  }

  /// Where the chunk ends.
  var end: Int64 { input.end }

  /// Goes to a page of the chunk.
  func jump(to position: Int64) { input.start(at: position, end: input.end) }

  /// The header of the next page, or nil behind the last. Then comes ``body()`` or ``skipBody()``.
  nonisolated(nonsending) func next() async throws -> PageHeader? {
    guard input.remaining > 0 else { return nil }
    var size = PageLimits.firstHeader
    while true {
      let bytes = try await input.peek(size)
      if let (header, length) = try PageHeader.read(bytes) {
        input.advance(length)
        guard header.compressedSize <= input.remaining else { throw FormatFault.truncated("a page") }
        guard header.uncompressedSize <= limits.page, header.compressedSize <= limits.page else {
          throw FormatFault.tooLarge(
            "a page has \(max(header.uncompressedSize, header.compressedSize)) bytes, the limit is \(limits.page)")
        }
        self.header = header
        return header
      }
      guard bytes.count == size else { throw FormatFault.truncated("the header of a page") }
      size *= 8
      guard size <= PageLimits.header else { throw FormatFault.damaged("the header of a page is too long") }
    }
  }

  /// Steps over the page.
  func skipBody() {
    guard let header else { return }
    self.header = nil
    input.advance(header.compressedSize)
  }

  /// The page's bytes, valid until the next call. Of a page of the second kind the levels stand before the values.
  nonisolated(nonsending) func body() async throws -> UnsafeRawBufferPointer {
    guard let header else { preconditionFailure("the page's header comes first") }
    self.header = nil
    let stored = try await input.peek(header.compressedSize)
    input.advance(header.compressedSize)
    if let checksum = header.checksum, CRC32.checksum(stored) != checksum {
      throw FormatFault.damaged("a page does not match its checksum")
    }
    switch header.kind {
    case .dataV2(let page):
      let levels = page.definitionLength + page.repetitionLength
      guard levels <= stored.count, levels <= header.uncompressedSize else { throw FormatFault.truncated("a page") }
      return try plain(stored, header, uncompressed: page.isCompressed ? levels : stored.count)
    case .data, .dictionary, .other: return try plain(stored, header, uncompressed: 0)
    }
  }

  /// The page decompressed, but for its first `uncompressed` bytes, which are as they are.
  private func plain(
    _ stored: UnsafeRawBufferPointer, _ header: PageHeader, uncompressed: Int
  ) throws -> UnsafeRawBufferPointer {
    guard let decompressor, uncompressed < stored.count || header.uncompressedSize > uncompressed else {
      guard stored.count == header.uncompressedSize else {
        throw FormatFault.damaged("a page has \(stored.count) bytes instead of \(header.uncompressedSize)")
      }
      return isExact ? copy(stored) : stored
    }
    let size = header.uncompressedSize
    let target = isExact ? allocate(size) : try reserve(size)
    if uncompressed > 0 {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: stored[..<uncompressed]))
    }
    let rest = UnsafeMutableRawBufferPointer(rebasing: target[uncompressed...])
    // No values may be no bytes, which is no block of any codec.
    if !rest.isEmpty || uncompressed == 0 {
      try decompressor.decompress(UnsafeRawBufferPointer(rebasing: stored[uncompressed...]), filling: rest)
    }
    return UnsafeRawBufferPointer(target)
  }

  private func reserve(_ size: Int) throws -> UnsafeMutableRawBufferPointer {
    if buffer.map({ $0.count < size }) ?? true {
      buffer = nil
      buffer = try memory.buffer(size)
    }
    return UnsafeMutableRawBufferPointer(start: buffer?.start, count: size)
  }

  private func allocate(_ size: Int) -> UnsafeMutableRawBufferPointer {
    exact?.deallocate()
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    exact = memory
    return memory
  }

  private func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let memory = allocate(bytes.count)
    memory.copyMemory(from: bytes)
    return UnsafeRawBufferPointer(memory)
  }
}
