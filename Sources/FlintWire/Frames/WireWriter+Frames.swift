internal import CFlint

extension WireWriter {
  /// Starts a frame; its body is what is written until ``finishFrame(from:_:message:correlation:sequence:)``. Returns where
  /// it starts.
  public mutating func startFrame() -> Int {
    let start = count
    _ = take(FrameHeader.size)
    return start
  }

  /// Fills in the header of the frame that starts at `start` and ends here.
  public mutating func finishFrame(
    from start: Int, _ kind: FrameKind, message: UInt16 = 0, correlation: UInt64 = 0, sequence: UInt32
  ) {
    let body = UnsafeRawBufferPointer(
      start: place(start + FrameHeader.size), count: count - start - FrameHeader.size)
    guard let length = UInt32(exactly: body.count) else { preconditionFailure("a frame of \(body.count) bytes") }
    let header = FrameHeader(
      kind: kind, message: message, length: length, sequence: sequence, correlation: correlation,
      bodyChecksum: flint_crc32c(0, body.baseAddress, body.count))
    header.store(at: place(start))
  }

  /// Writes a whole frame, whose body somebody has written before.
  public mutating func putFrame(
    _ kind: FrameKind, message: UInt16, correlation: UInt64, sequence: UInt32, body: UnsafeRawBufferPointer
  ) {
    guard let length = UInt32(exactly: body.count) else { preconditionFailure("a frame of \(body.count) bytes") }
    let place = take(FrameHeader.size + body.count)
    let header = FrameHeader(
      kind: kind, message: message, length: length, sequence: sequence, correlation: correlation,
      bodyChecksum: flint_crc32c(0, body.baseAddress, body.count))
    header.store(at: place)
    if let bytes = body.baseAddress { (place + FrameHeader.size).copyMemory(from: bytes, byteCount: body.count) }
  }

  /// Takes back the frame that starts at `start`.
  public mutating func abandonFrame(from start: Int) { truncate(to: start) }
}
