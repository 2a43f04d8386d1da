internal import FlintCore
package import FlintWire

/// Messages and frames as bytes, for tests.
package enum WireBytes {
  /// The body of a message.
  package static func body(_ message: Message) -> [UInt8] {
    var writer = WireWriter()
    message.write(to: &writer)
    return writer.bytes
  }

  /// The message of `kind` in `bytes`.
  package static func message(_ kind: MessageKind, _ bytes: [UInt8]) throws(WireFault) -> Message {
    // A buffer of exactly this size, so that AddressSanitizer sees a read past it.
    let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { exact.deallocate() }
    exact.copyBytes(from: bytes)
    return try Message(kind, body: UnsafeRawBufferPointer(exact))
  }

  /// A frame with both checksums right.
  package static func frame(
    _ kind: FrameKind, message: UInt16 = 0, correlation: UInt64 = 0, sequence: UInt32 = 0, _ body: [UInt8] = []
  ) -> [UInt8] {
    var writer = WireWriter()
    let start = writer.startFrame()
    var bytes = writer.bytes + body
    writer.finishFrame(from: start, kind, message: message, correlation: correlation, sequence: sequence)
    let empty = writer.bytes
    bytes.replaceSubrange(0..<FrameHeader.size, with: empty)
    seal(&bytes)
    return bytes
  }

  /// The frame that carries `message`.
  package static func frame(
    _ kind: FrameKind, _ message: Message, correlation: UInt64 = 0, sequence: UInt32 = 0
  ) -> [UInt8] {
    frame(
      kind, message: message.kind.rawValue, correlation: correlation, sequence: sequence, body(message))
  }

  /// The frame of a hello or a welcome.
  package static func frame(_ kind: FrameKind, _ introduction: Introduction, sequence: UInt32 = 0) -> [UInt8] {
    var writer = WireWriter()
    introduction.write(to: &writer)
    return frame(kind, sequence: sequence, writer.bytes)
  }

  /// Writes a right length and right checksums into the header of the frame.
  package static func seal(_ frame: inout [UInt8]) {
    guard frame.count >= FrameHeader.size else { return }
    set(&frame, 8, UInt32(frame.count - FrameHeader.size))
    set(&frame, 24, CRC32C.checksum(Array(frame[FrameHeader.size...])))
    sealHeader(&frame)
  }

  /// Writes a right checksum of the header, whatever stands in it.
  package static func sealHeader(_ frame: inout [UInt8]) {
    set(&frame, 28, CRC32C.checksum(Array(frame[..<28])))
  }

  /// Writes a number into bytes.
  package static func set(_ bytes: inout [UInt8], _ place: Int, _ number: UInt32) {
    for index in 0..<4 where place + index < bytes.count {
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index))
    }
  }
}
