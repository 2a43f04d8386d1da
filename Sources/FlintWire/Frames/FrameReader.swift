internal import CFlint

#if FLINT_PLANTED_RUNTIME
  internal import FlintCore
#endif

/// A frame whose checksums have matched. The body is valid until the reader is used again.
public struct Frame {
  /// Its header.
  public let header: FrameHeader
  /// What it carries.
  public let body: UnsafeRawBufferPointer

  /// A frame that somebody has checked.
  public init(header: FrameHeader, body: UnsafeRawBufferPointer) {
    self.header = header
    self.body = body
  }
}

/// Finds the frames in a stream of bytes that is cut anywhere, and checks them.
///
/// Frames that lie whole in what has arrived are read in place. Of others the start is kept, in memory that grows with what
/// has arrived and not with what a header promises.
public struct FrameReader: ~Copyable {
  /// Memory that is kept between frames; a larger frame's goes with it.
  private static let keptCapacity = 64 << 10

  /// The number that the next frame must have.
  private var sequence: UInt32 = 0
  /// The start of a frame that has not arrived whole.
  private var pending: UnsafeMutableRawBufferPointer
  private var pendingCount = 0
  /// The frame in `pending` was handed out, and is to be forgotten.
  private var isPendingUsed = false
  /// The header of the frame that ``advance(_:limit:)`` has found.
  public private(set) var header = FrameHeader(
    kind: .heartbeat, message: 0, length: 0, sequence: 0, correlation: 0, bodyChecksum: 0)
  /// The body of that frame, valid until the reader is used again.
  public private(set) var body = UnsafeRawBufferPointer(start: nil, count: 0)

  /// A reader at the start of a stream.
  public init() {
    pending = .allocate(byteCount: FrameHeader.size, alignment: 16)
  }

  deinit { pending.deallocate() }

  /// Bytes of memory that it holds.
  public var heldByteCount: Int { pending.count }

  /// Takes the next frame off the front of `input`; nil when there is none, and `input` is used up. Bodies longer than
  /// `limit` bytes are refused by their header. After a fault the stream has no meaning any more.
  public mutating func next(_ input: inout UnsafeRawBufferPointer, limit: Int) throws(FrameFault) -> Frame? {
    try advance(&input, limit: limit) ? Frame(header: header, body: body) : nil
  }

  /// As ``next(_:limit:)``, but the frame is to be read in ``header`` and ``body``: nothing of it is copied. False when
  /// there is none.
  public mutating func advance(_ input: inout UnsafeRawBufferPointer, limit: Int) throws(FrameFault) -> Bool {
    if isPendingUsed { forgetPending() }
    if pendingCount == 0, input.count >= FrameHeader.size, let start = input.baseAddress {
      let header = try FrameHeader(at: start)
      let length = try check(header, limit: limit)
      if input.count - FrameHeader.size >= length {
        let body = UnsafeRawBufferPointer(start: start + FrameHeader.size, count: length)
        input = UnsafeRawBufferPointer(rebasing: input[(FrameHeader.size + length)...])
        try finish(header, body)
        return true
      }
    }
    return try advanceInPieces(&input, limit: limit)
  }

  private mutating func advanceInPieces(
    _ input: inout UnsafeRawBufferPointer, limit: Int
  ) throws(FrameFault) -> Bool {
    fill(from: &input, upTo: FrameHeader.size)
    guard pendingCount >= FrameHeader.size, let start = pending.baseAddress else { return false }
    let header = try FrameHeader(at: start)
    let length = try check(header, limit: limit)
    fill(from: &input, upTo: FrameHeader.size + length)
    guard pendingCount == FrameHeader.size + length, let start = pending.baseAddress else { return false }
    isPendingUsed = true
    try finish(header, UnsafeRawBufferPointer(start: start + FrameHeader.size, count: length))
    return true
  }

  @inline(__always)
  private func check(_ header: FrameHeader, limit: Int) throws(FrameFault) -> Int {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.frameNumbersIgnored), header.length <= limit { return Int(header.length) }
    #endif
    guard header.sequence == sequence else { throw .order(expected: sequence, got: header.sequence) }
    guard header.length <= limit else { throw .tooLong(header.length) }
    return Int(header.length)
  }

  @inline(__always)
  private mutating func finish(_ header: FrameHeader, _ body: UnsafeRawBufferPointer) throws(FrameFault) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.bodyChecksumIgnored) {
        sequence &+= 1
        self.header = header
        self.body = body
        return
      }
    #endif
    guard flint_crc32c(0, body.baseAddress, body.count) == header.bodyChecksum else { throw .bodyChecksum }
    sequence &+= 1
    self.header = header
    self.body = body
  }

  /// Moves bytes from `input` until `count` are pending.
  private mutating func fill(from input: inout UnsafeRawBufferPointer, upTo count: Int) {
    let size = min(input.count, count - pendingCount)
    guard size > 0 else { return }
    if pending.count < pendingCount + size { grow(to: pendingCount + size, atMost: count) }
    UnsafeMutableRawBufferPointer(rebasing: pending[pendingCount...]).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: input[..<size]))
    pendingCount += size
    input = UnsafeRawBufferPointer(rebasing: input[size...])
  }

  private mutating func grow(to size: Int, atMost limit: Int) {
    let fresh = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(size, min(2 * pending.count, limit)), alignment: 16)
    fresh.copyMemory(from: UnsafeRawBufferPointer(rebasing: pending[..<pendingCount]))
    pending.deallocate()
    pending = fresh
  }

  private mutating func forgetPending() {
    isPendingUsed = false
    pendingCount = 0
    guard pending.count > FrameReader.keptCapacity else { return }
    pending.deallocate()
    pending = .allocate(byteCount: FrameHeader.size, alignment: 16)
  }
}
