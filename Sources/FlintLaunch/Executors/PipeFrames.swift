internal import FlintCore

/// Cuts the bytes that come through a pipe, in pieces of any size, into messages.
struct PipeFrames: Sendable {
  private let limits: Limits
  private var bytes: [UInt8] = []
  /// How many of the bytes have been read.
  private var done = 0

  init(limits: Limits = Limits()) {
    self.limits = limits
  }

  mutating func append(_ chunk: [UInt8]) {
    bytes.removeFirst(done)
    done = 0
    bytes += chunk
  }

  /// The next message; nil until more bytes have come. Throws `corrupt-data`, after which nothing more can be read.
  mutating func next() throws(FlintError) -> PipeMessage? {
    let rest = bytes[done...]
    guard rest.count >= PipeMessage.headerLength else { return nil }
    let length = try PipeMessage.bodyLength(ofHeader: rest.prefix(PipeMessage.headerLength), limits: limits)
    guard rest.count >= PipeMessage.headerLength + length else { return nil }
    let frame = rest.prefix(PipeMessage.headerLength + length)
    done += frame.count
    return try PipeMessage(frame: frame)
  }

  /// Whether bytes of another message have come.
  var isInsideFrame: Bool { done < bytes.count }
}
