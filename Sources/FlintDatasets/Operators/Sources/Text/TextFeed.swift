internal import FlintCore
internal import FlintTasks

/// The bytes of all lines that begin within one part of a file, in a buffer of bounded length.
///
/// A line belongs to the part that holds its first byte: so each part leaves out what stands before its first line's end, and
/// reads on behind its own end until its last line has ended.
final class TextFeed {
  /// Bytes behind the buffer that may be read, whatever stands there.
  static let slack = 16
  private static let pieceSize = 512 << 10

  private let split: FileSplit
  private let source: ByteSource
  private let largest: Int
  private var slab: Slab
  /// The bytes that are read and not used.
  private var low = 0
  private var high = 0
  /// Where in the file the byte at `high` stands.
  private var offset: Int64
  /// Whether nothing follows what is in the buffer.
  private(set) var isAtEnd = false

  /// Opens the file of `split`. A line may have at most ``FlintCore/Limits/inputRow`` bytes.
  init(_ split: FileSplit, context: any TaskContext) async throws {
    self.split = split
    offset = max(0, split.start - 1)
    source = try await ByteSource(split, from: offset, context: context)
    largest = Int(context.limits.inputRow.bytes)
    slab = try Self.slab(of: Self.pieceSize)
    if split.start > 0 { try await skipForeignLine() }
  }

  /// The bytes that are there now; valid until the feed is asked to do anything.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: slab.bytes[low..<high]) }

  /// Forgets the first `count` bytes.
  func use(_ count: Int) { low += count }

  /// Reads more bytes. Throws `too-large` when a line is too long for the buffer.
  func fill() async throws {
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
    if let end = TextScan.lineFeed(UnsafeRawBufferPointer(rebasing: slab.bytes[start..<high])) {
      high = start + end + 1
      isAtEnd = true
    }
  }

  private func skipForeignLine() async throws {
    while !isAtEnd {
      try await fill()
      if let end = TextScan.lineFeed(bytes) {
        low += end + 1
        // The first line feed may be the one that ends the part: then no line begins in it.
        return
      }
      low = high
      if offset >= split.end { isAtEnd = true }
    }
    low = high
  }

  private func makeRoom() throws {
    if low > 0 {
      let rest = UnsafeRawBufferPointer(rebasing: slab.bytes[low..<high])
      slab.bytes.copyMemory(from: rest)
      high -= low
      low = 0
    }
    guard high + Self.slack + Self.pieceSize / 4 > slab.bytes.count else { return }
    guard high < largest else {
      throw FlintError(
        .tooLarge, "a line of \(split.path) is longer than a row may be",
        why: "\(ByteCount(Int64(high))) hold no line's end, and inputRow allows \(ByteCount(Int64(largest)))",
        remedy: "read files without lines with binaryFiles or records")
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
