internal import FlintCore
internal import Glibc

/// The offsets of texts, lists and maps while they are being made: one more than values, the first of them 0.
struct OffsetBuilder {
  private(set) var capacity: Int
  private(set) var buffer: ColumnBuffer
  private let memory: ColumnMemory

  init(capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    self.capacity = capacity
    buffer = try memory.buffer((capacity + 1) * 4)
    offsets[0] = 0
  }

  var offsets: UnsafeMutablePointer<Int32> { buffer.pointer() }

  mutating func reserve(_ more: Int, after count: Int) throws(FlintError) {
    guard count + more > capacity else { return }
    let wanted = max(count + more, capacity * 2)
    let larger = try memory.buffer((wanted + 1) * 4)
    memcpy(larger.start, buffer.start, (count + 1) * 4)
    buffer = larger
    capacity = wanted
  }

  /// The offsets so far, and from then on memory of its own for the next ones.
  mutating func finish() throws(FlintError) -> ColumnBuffer {
    let finished = buffer
    self = try OffsetBuilder(capacity: 0, memory)
    return finished
  }

  /// Throws when values would end beyond what 32 bits can say.
  static func demand(_ end: Int, of type: DataType) throws(FlintError) {
    guard end <= Int(Int32.max) else {
      throw FlintError(
        .resourceExhausted, "one vector of \(type) cannot hold more than 2 GiB, or 2,147,483,647 elements",
        remedy: "use smaller batches")
    }
  }
}
