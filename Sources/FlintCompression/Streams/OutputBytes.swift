/// Memory that a library fills from the front.
struct OutputBytes {
  private let memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ memory: UnsafeMutableRawBufferPointer) {
    self.memory = memory
  }

  var room: Int { memory.count - count }
  var isFull: Bool { room == 0 }

  /// Where the room begins; not to be asked of memory without any.
  var start: UnsafeMutablePointer<UInt8> {
    guard let base = memory.baseAddress else { preconditionFailure("there is no memory to fill") }
    return (base + count).assumingMemoryBound(to: UInt8.self)
  }

  /// Counts what was written at ``start``.
  mutating func fill(_ count: Int) {
    precondition(count <= room, "more was written than fits")
    self.count += count
  }
}
