internal import FlintCore
internal import FlintWire

/// A stream that gives every frame that arrives the number that is expected, or the checksums that fit.
actor MendingStream: NetworkStream, StreamReceiver {
  nonisolated let control: UnownedSerialExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { control }

  private nonisolated let stream: any NetworkStream
  private let bug: TransportBug
  private var receiver: (any StreamReceiver)?
  private var pending: [UInt8] = []
  private var sequence: UInt32 = 0
  /// Bytes of a block that follow, and are left alone.
  private var blockLength = 0

  init(_ stream: any NetworkStream, _ bug: TransportBug, control: UnownedSerialExecutor) {
    self.stream = stream
    self.bug = bug
    self.control = control
  }

  // MARK: The stream, as it is

  nonisolated var remote: Endpoint { stream.remote }
  nonisolated var peer: PeerIdentity { stream.peer }
  nonisolated var queuedByteCount: Int { stream.queuedByteCount }
  nonisolated var lowWaterMark: Int {
    get { stream.lowWaterMark }
    set { stream.lowWaterMark = newValue }
  }
  nonisolated func send(_ bytes: UnsafeRawBufferPointer) { stream.send(bytes) }
  nonisolated func send(_ slab: Slab, range: Range<Int>) { stream.send(slab, range: range) }
  nonisolated func send(_ file: any OpenFile, range: Range<Int64>) { stream.send(file, range: range) }
  nonisolated func pauseReceiving() { stream.pauseReceiving() }
  nonisolated func resumeReceiving() { stream.resumeReceiving() }
  nonisolated func finishSending() { stream.finishSending() }
  nonisolated func abort() { stream.abort() }

  nonisolated func start(_ receiver: any StreamReceiver) {
    assumeIsolated { $0.receiver = receiver }
    stream.start(self)
  }

  // MARK: What arrives, mended

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    assumeIsolated { $0.receive(bytes) }
  }

  nonisolated func streamDrained() { assumeIsolated { $0.receiver?.streamDrained() } }
  nonisolated func streamEnded(_ end: StreamEnd) { assumeIsolated { $0.receiver?.streamEnded(end) } }

  private func receive(_ bytes: [UInt8]) {
    pending += bytes
    while !pending.isEmpty {
      let count = blockLength > 0 ? min(blockLength, pending.count) : mendFirst()
      guard let count else { return }
      blockLength = max(0, blockLength - count)
      if pending.starts(with: [0x46, 0x4C]), pending.count > 3, pending[3] == FrameKind.block.rawValue, blockLength == 0
      {
        blockLength = tail(of: pending.prefix(count))
      }
      let piece = Array(pending.prefix(count))
      pending.removeFirst(count)
      piece.withUnsafeBytes { receiver?.streamReceived($0) }
    }
  }

  /// Mends the frame that is first, and returns its length; nil while it is incomplete.
  private func mendFirst() -> Int? {
    guard pending.count >= FrameHeader.size else { return nil }
    let length = FrameHeader.size + Int(number(8))
    // Damage to the length itself is beyond mending.
    guard length <= 1 << 20 else { return pending.count }
    guard pending.count >= length else { return nil }
    if bug == .ignoreOrder { set(12, sequence) }
    if bug == .ignoreChecksums {
      pending[0...2] = [0x46, 0x4C, FrameHeader.version]
      set(24, CRC32C.checksum(Array(pending[FrameHeader.size..<length])))
    }
    set(28, CRC32C.checksum(Array(pending[..<28])))
    sequence &+= 1
    return length
  }

  private func tail(of frame: ArraySlice<UInt8>) -> Int {
    let body = Array(frame.dropFirst(FrameHeader.size))
    let message = body.withUnsafeBytes { try? Message(.sendBlock, body: $0) }
    guard case .sendBlock(let header)? = message else { return 0 }
    return Int(clamping: header.length)
  }

  private func number(_ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(pending[place + $1]) << UInt32(8 * $1) }
  }

  private func set(_ place: Int, _ number: UInt32) {
    for index in 0..<4 { pending[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index)) }
  }
}
