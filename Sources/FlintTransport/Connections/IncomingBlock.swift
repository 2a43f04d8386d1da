internal import FlintCore
internal import FlintWire

/// The bytes of a block on their way in, behind the frame that announced them.
///
/// They are summed a mebibyte at a time, not as they come. What arrives meanwhile is then taken at once; a reader that is
/// always done sleeps after every segment, and to be woken costs both sides more than the sum.
struct IncomingBlock {
  private static let summedAtOnce = 1 << 20

  /// Who waits for it; nil throws the bytes away.
  private(set) var waiter: BlockWaiter?
  private(set) var slab: Slab?
  let checksum: UInt32
  private let length: UInt64
  private var count: UInt64 = 0
  private var sum = CRC32C()
  /// How many bytes `sum` has taken in.
  private var summed = 0

  init(_ header: BlockHeader, for waiter: BlockWaiter?, into slab: Slab?) {
    self.waiter = waiter
    self.slab = slab
    checksum = header.checksum
    length = header.length
  }

  var isComplete: Bool { count == length }

  /// Whether the bytes are those that were sent.
  var isIntact: Bool {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.blockChecksumIgnored) { return true }
    #endif
    return sum.value == checksum
  }

  /// Where the next bytes belong; nil when they are thrown away.
  var memory: UnsafeMutableRawBufferPointer? {
    guard waiter != nil, let slab else { return nil }
    return UnsafeMutableRawBufferPointer(rebasing: slab.bytes[Int(count)..<Int(length)])
  }

  /// Nobody waits any more: what still comes is thrown away. The memory goes with the next bytes, which may be on their way
  /// into it.
  mutating func discard() { waiter = nil }

  /// Takes what belongs to the block off the front of `input`, which may lie where it belongs already.
  mutating func take(_ input: inout UnsafeRawBufferPointer) {
    let size = Int(min(UInt64(input.count), length - count))
    let piece = UnsafeRawBufferPointer(rebasing: input[..<size])
    if let memory {
      if memory.baseAddress.map({ UnsafeRawPointer($0) }) != piece.baseAddress { memory.copyMemory(from: piece) }
    } else {
      slab = nil
    }
    count += UInt64(size)
    if let slab, isComplete || Int(count) - summed >= IncomingBlock.summedAtOnce {
      sum.update(UnsafeRawBufferPointer(rebasing: slab.bytes[summed..<Int(count)]))
      summed = Int(count)
    }
    input = UnsafeRawBufferPointer(rebasing: input[size...])
  }
}
