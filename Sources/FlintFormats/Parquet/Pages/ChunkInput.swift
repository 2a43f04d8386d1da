internal import FlintCore

/// The bytes of a column chunk, in the order in which they stand in the file. A part of them is in memory at a time.
///
/// One user at a time.
final class ChunkInput {
  private let file: any OpenFile
  private let budget: MemoryBudget
  private var slab: Slab?
  /// Where in the file the slab's first byte stands, and how many of its bytes are filled.
  private var slabStart: Int64 = 0
  private var filled = 0
  /// Where in the file the next byte to be used stands.
  private(set) var position: Int64 = 0
  /// Where the chunk ends.
  private(set) var end: Int64 = 0

  /// What is read at once, where that much is there: enough to be worth a call.
  private static let window = 1 << 20
  /// Bytes behind what is filled that may be read.
  private static let padding = 64

  init(_ file: any OpenFile, _ budget: MemoryBudget) {
    self.file = file
    self.budget = budget
  }

  /// Goes to a place in the file, and up to another one.
  func start(at position: Int64, end: Int64) {
    self.position = position
    self.end = end
  }

  /// Bytes that are not used yet.
  var remaining: Int { Int(end - position) }

  /// The next `count` bytes, or all that remain if they are fewer; valid until the next call.
  nonisolated(nonsending) func peek(_ count: Int) async throws -> UnsafeRawBufferPointer {
    let count = min(count, remaining)
    let inside = position - slabStart
    if slab == nil || inside < 0 || inside + Int64(count) > Int64(filled) { try await fill(count) }
    guard let slab else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = Int(position - slabStart)
    return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(slab.bytes)[start..<start + count])
  }

  /// Steps over bytes, in memory or not.
  func advance(_ count: Int) { position += Int64(count) }

  private nonisolated(nonsending) func fill(_ count: Int) async throws {
    let wanted = min(max(count, Self.window), remaining)
    let size = wanted + Self.padding
    let slab: Slab
    if let old = self.slab, old.bytes.count >= size {
      slab = old
    } else {
      self.slab = nil
      slab = try Slab(count: max(size, Self.window + Self.padding), budget: budget)
    }
    self.slab = slab
    // Nothing is in memory until it is whole.
    filled = 0
    slabStart = position
    let got = try await file.read(into: slab, range: 0..<wanted, at: position)
    guard got >= count else { throw FormatFault.truncated("the file") }
    filled = got
  }
}
