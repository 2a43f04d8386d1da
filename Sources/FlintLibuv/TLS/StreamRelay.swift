internal import FlintCore

/// Hands a raw stream's events to the secured stream above it, which nobody keeps alive but its user.
final class StreamRelay: StreamReceiver {
  private weak let stream: TLSStream?

  init(_ stream: TLSStream) {
    self.stream = stream
  }

  func streamReceived(_ bytes: UnsafeRawBufferPointer) { stream?.rawReceived(BorrowedBytes(bytes)) }
  func streamDrained() { stream?.rawDrained() }
  func streamEnded(_ end: StreamEnd) { stream?.rawEnded(end) }
}
