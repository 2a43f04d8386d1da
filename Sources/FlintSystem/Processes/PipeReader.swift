internal import FlintCore
internal import Glibc
internal import Synchronization

/// Our end of a pipe that a child writes. One caller at a time.
final class PipeReader: Sendable {
  /// As much as a pipe of the usual size holds.
  private static let chunkSize = 64 << 10

  private let descriptor: Descriptor
  private let watcher: SystemWatcher
  private let isBusy = Atomic<Bool>(false)

  init(_ descriptor: Descriptor, watcher: SystemWatcher) {
    self.descriptor = descriptor
    self.watcher = watcher
  }

  /// The next bytes, waited for; nil at the end. Throws `CancellationError` when the current Swift task is cancelled:
  /// an end would look like the child's.
  func next() async throws -> [UInt8]? {
    let wasBusy = isBusy.exchange(true, ordering: .relaxed)
    precondition(!wasBusy, "a child's output has one reader")
    defer { isBusy.store(false, ordering: .relaxed) }
    while true {
      if let chunk = try readNow() { return chunk.isEmpty ? nil : chunk }
      try await watcher.ready(descriptor.number, .reading)
    }
  }

  /// What is in the pipe; empty at the end, nil when there is nothing yet.
  private func readNow() throws(FlintError) -> [UInt8]? {
    var number: CInt = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: PipeReader.chunkSize) { buffer, filled in
      let count = read(descriptor.number, buffer.baseAddress, buffer.count)
      if count < 0 { number = errno }
      filled = max(count, 0)
    }
    switch number {
    case 0: return chunk
    case EAGAIN, EINTR: return nil
    default: throw FlintError(errorNumber: number, "cannot read a child's output")
    }
  }
}
