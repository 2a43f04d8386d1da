public import FlintCore
internal import Glibc

/// The bytes of all lines that begin within one part of a file, in a buffer of bounded length.
///
/// A line belongs to the part that holds its first byte: so each part leaves out what stands before its first line's
/// end, and reads on behind its own end until its last line has ended.
public final class TextFeed {
  /// Bytes before and behind ``bytes`` that may be read and, behind them, written, whatever stands there.
  public static let slack = 64
  private static let pieceSize = 512 << 10

  private let split: FileSplit
  private let source: ByteSource
  private let largest: Int
  private let lineEnd: UInt8
  private var slab: Slab
  /// The bytes that are read and not used.
  private var low = TextFeed.slack
  private var high = TextFeed.slack
  /// Where in the file the byte at `high` stands.
  private var offset: Int64
  /// Whether nothing follows what is in the buffer.
  public private(set) var isAtEnd = false
  /// Where the first of ``bytes`` stands in the file, or in what it decompresses to.
  public private(set) var position: Int64

  /// Opens the file of `split`. A line may have at most `limit` bytes and ends with `lineEnd`. `note` hears how many
  /// bytes each read of the file gave.
  public nonisolated(nonsending) init(
    _ split: FileSplit, in files: any FileSystem, limit: ByteCount, lineEnd: UInt8 = UInt8(ascii: "\n"),
    note: @escaping (Int) -> Void = { _ in }
  ) async throws {
    self.split = split
    self.lineEnd = lineEnd
    offset = max(0, split.start - 1)
    position = offset
    source = try await ByteSource(split, from: offset, in: files, note: note)
    largest = Int(limit.bytes)
    slab = try Self.slab(of: Self.pieceSize)
    if split.start > 0 { try await skipForeignLine() }
  }

  /// The bytes that are there now; valid until the feed is asked to do anything.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: slab.bytes[low..<high]) }

  /// Forgets the first `count` bytes.
  public func use(_ count: Int) {
    low += count
    position += Int64(count)
  }

  /// Adds a byte behind the last ones, when nothing follows them.
  public func append(_ byte: UInt8) {
    precondition(isAtEnd, "bytes follow those that are there")
    slab.bytes[high] = byte
    high += 1
  }

  /// Reads more bytes. Throws `too-large` when a line is too long for the buffer.
  public nonisolated(nonsending) func fill() async throws {
    guard !isAtEnd else { return }
    try makeRoom()
    let count = try await source.read(into: slab, high..<min(slab.bytes.count - Self.slack, high + Self.pieceSize))
    guard count > 0 else {
      isAtEnd = true
      return
    }
    let fresh = high..<high + count
    high += count
    offset += Int64(count)
    guard split.codec == nil, offset >= split.end else { return }
    // The last line ends with the first line feed from the part's last byte on.
    let start = max(fresh.lowerBound, high - Int(offset - split.end) - 1)
    if let end = lineEnd(in: start..<high) {
      high = end + 1
      isAtEnd = true
    }
  }

  private nonisolated(nonsending) func skipForeignLine() async throws {
    while !isAtEnd {
      try await fill()
      if let end = lineEnd(in: low..<high) {
        use(end + 1 - low)
        // The first line feed may be the one that ends the part: then no line begins in it.
        return
      }
      use(high - low)
      if offset >= split.end { isAtEnd = true }
    }
    use(high - low)
  }

  private func lineEnd(in range: Range<Int>) -> Int? {
    guard let base = slab.bytes.baseAddress, let found = memchr(base + range.lowerBound, Int32(lineEnd), range.count)
    else { return nil }
    return found - base
  }

  private func makeRoom() throws {
    if low > Self.slack {
      UnsafeMutableRawBufferPointer(rebasing: slab.bytes[Self.slack...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: slab.bytes[low..<high]))
      high -= low - Self.slack
      low = Self.slack
    }
    guard high + Self.slack + Self.pieceSize / 4 > slab.bytes.count else { return }
    guard high - low < largest else {
      throw FlintError(
        .tooLarge, "a line of \(split.path) is longer than a row may be",
        why: "\(ByteCount(Int64(high - low))) hold no line's end, and inputRow allows \(ByteCount(Int64(largest)))",
        remedy: "raise inputRow, or read files without lines as bytes or records")
    }
    let larger = try Self.slab(of: 2 * slab.bytes.count)
    larger.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: slab.bytes[..<high]))
    slab = larger
  }

  /// Memory of its own, so that reading needs nobody's leave: its length is bounded by the longest line.
  private static func slab(of size: Int) throws -> Slab {
    try Slab(count: size, budget: MemoryBudget(limit: ByteCount(Int64(size + Slab.pageSize))))
  }
}
