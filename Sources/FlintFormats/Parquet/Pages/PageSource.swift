internal import FlintColumns
internal import FlintCompression
internal import FlintCore

/// The pages of a column chunk, decompressed and with their checksums checked.
///
/// One source serves the chunks of a column one after another, one user at a time.
final class PageSource {
  private var input: ChunkInput
  private let file: any OpenFile
  private let limits: PageLimits
  private let memory: ColumnMemory
  private var decompressor: BlockDecompressor?
  private var codec = ParquetCodec.none
  private var buffer: ColumnBuffer?
  /// The memory of the last body, where that is memory of its own; it stays as it is for whoever keeps it.
  private(set) var owner: ColumnBuffer?
  /// Memory of exactly a page's size, from the system's allocator, in which a tool sees reads past a page's end.
  private var exact: UnsafeMutableRawBufferPointer?
  private let isExact: Bool
  private var header: PageHeader?
  private var place: Range<Int64> = 0..<0
  /// The chunk that is likely to come next, and what is read of it.
  private var following: Range<Int64>?
  private var followingInput: ChunkInput?
  /// At most the next page of the chunk, and the first of the chunk that follows.
  private var ahead: [PageAhead] = []
  /// Whether a page was read: the first one may be all that is.
  private var hasRead = false
  /// Whether pages may be read and decompressed ahead: until one was not asked for.
  private(set) var looksAhead = true

  /// Pages are decompressed ahead as long as less than this part of the budget is taken: others need it more.
  private static let spareShare: Int64 = 4

  init(_ file: any OpenFile, _ limits: PageLimits, _ memory: ColumnMemory, isExact: Bool) {
    input = ChunkInput(file, memory)
    self.file = file
    self.limits = limits
    self.memory = memory
    self.isExact = isExact
  }

  deinit { exact?.deallocate() }

  /// Begins a chunk: its pages stand in `place`. The next one is likely to be `following`, which is of the same codec.
  func start(_ codec: ParquetCodec, at place: Range<Int64>, following: Range<Int64>?) throws {
    let isExpected = self.following == place && codec == self.codec
    if codec != self.codec || decompressor == nil {
      decompressor = try codec.compression.map { try BlockDecompressor($0) }
      self.codec = codec
    }
    if decompressor?.isFasterInPairs != true { looksAhead = false }
    header = nil
    if let next = followingInput {
      if isExpected { (input, followingInput) = (next, input) } else { looksAhead = false }
    }
    forgetAhead { !isExpected || !place.contains($0.start) }
    if following == nil || !looksAhead { followingInput = nil }
    input.start(at: place.lowerBound, end: place.upperBound)
    (self.place, self.following) = (place, following)
  }

  /// Where the chunk ends.
  var end: Int64 { input.end }

  /// Goes to a page of the chunk.
  func jump(to position: Int64) {
    input.start(at: position, end: input.end)
    forgetAhead { place.contains($0.start) }
  }

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
    forgetAhead { $0.start == input.position }
    input.advance(header.compressedSize)
  }

  /// The page's bytes, valid until the next call. Of a page of the second kind the levels stand before the values.
  nonisolated(nonsending) func body() async throws -> UnsafeRawBufferPointer {
    guard let header else { preconditionFailure("the page's header comes first") }
    self.header = nil
    owner = nil
    let start = input.position
    let stored = try await input.peek(header.compressedSize)
    input.advance(header.compressedSize)
    if let checksum = header.checksum, CRC32.checksum(stored) != checksum {
      throw FormatFault.damaged("a page does not match its checksum")
    }
    let uncompressed = try header.uncompressedPrefix
    guard let decompressor, uncompressed < stored.count || header.uncompressedSize > uncompressed else {
      guard stored.count == header.uncompressedSize else {
        throw FormatFault.damaged("a page has \(stored.count) bytes instead of \(header.uncompressedSize)")
      }
      return isExact ? copy(stored) : stored
    }
    if let index = ahead.firstIndex(where: { $0.isPage(at: start, header) }) {
      let page = ahead.remove(at: index).bytes
      if isExact { return copy(UnsafeRawBufferPointer(start: page.start, count: page.count)) }
      (buffer, owner) = (page, page)
      return UnsafeRawBufferPointer(start: page.start, count: page.count)
    }
    forgetAhead { $0.start <= start && place.contains($0.start) }
    let size = header.uncompressedSize
    let target = isExact ? allocate(size) : try reserve(size)
    let follower = await follower(of: header)
    try decompress(stored, target, uncompressed: uncompressed, decompressor, follower)
    hasRead = true
    owner = isExact ? nil : buffer
    return UnsafeRawBufferPointer(target)
  }

  /// Decompresses a page, but for its first bytes, which are as they are, and the one that follows, if any.
  private func decompress(
    _ stored: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer, uncompressed: Int,
    _ decompressor: BlockDecompressor, _ follower: PageFollower?
  ) throws {
    if uncompressed > 0 {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: stored[..<uncompressed]))
    }
    let rest = UnsafeMutableRawBufferPointer(rebasing: target[uncompressed...])
    // No values may be no bytes, which is no block of any codec.
    guard !rest.isEmpty || uncompressed == 0 else { return }
    let block = UnsafeRawBufferPointer(rebasing: stored[uncompressed...])
    guard let follower, let next = try? memory.buffer(follower.header.uncompressedSize) else {
      return try decompressor.decompress(block, filling: rest)
    }
    let nextTarget = UnsafeMutableRawBufferPointer(start: next.start, count: next.count)
    let prefix = follower.uncompressed
    nextTarget.copyMemory(from: UnsafeRawBufferPointer(rebasing: follower.stored[..<prefix]))
    let isThere = try decompressor.decompress(
      block, filling: rest, ahead: UnsafeRawBufferPointer(rebasing: follower.stored[prefix...]),
      filling: UnsafeMutableRawBufferPointer(rebasing: nextTarget[prefix...]))
    if isThere { ahead.append(PageAhead(follower, next)) }
  }

  /// What to decompress together with a page: behind data what comes next, and behind a dictionary, or the last page of the
  /// chunk, the first one of the chunk that follows, if it is of the same kind. Dictionaries are the long pages.
  private nonisolated(nonsending) func follower(of header: PageHeader) async -> PageFollower? {
    guard looksAhead, header.isDictionary || hasRead, header.compressedSize >= limits.leastAhead, hasSpare else {
      return nil
    }
    let input: ChunkInput
    if header.isData, self.input.remaining > 0 {
      input = self.input
    } else {
      guard let following else { return nil }
      input = followingInput ?? ChunkInput(file, memory)
      followingInput = input
      input.start(at: following.lowerBound, end: following.upperBound)
      // What cannot be read is told when it is asked for.
      guard (try? await input.peek(PageLimits.firstHeader + header.compressedSize)) != nil else { return nil }
    }
    guard
      let next = PageFollower(input.buffered, at: input.position, behind: header.uncompressedSize, limits),
      next.header.isData == header.isData
    else { return nil }
    return next
  }

  private var hasSpare: Bool { memory.budget.used.bytes < memory.budget.limit.bytes / Self.spareShare }

  /// Drops pages that will not be asked for, or not before others.
  private func forgetAhead(where isPassed: (PageAhead) -> Bool) {
    guard ahead.contains(where: isPassed) else { return }
    ahead.removeAll(where: isPassed)
    looksAhead = false
    followingInput = nil
  }

  private func reserve(_ size: Int) throws -> UnsafeMutableRawBufferPointer {
    if !isKnownUniquelyReferenced(&buffer) || buffer.map({ $0.count < size }) ?? true {
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
