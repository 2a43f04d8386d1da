internal import FlintCore
internal import Glibc
internal import Synchronization

/// Our end of a pipe that a child reads. Writers take turns, so that the bytes of two never mix.
final class PipeWriter: Sendable {
  private struct State {
    /// Nil once the input is finished.
    var descriptor: Descriptor?
    var isBusy = false
    var waiters = Queue<CheckedContinuation<Void, Never>>()
  }

  private let state: Mutex<State>
  private let watcher: SystemWatcher

  init(_ descriptor: Descriptor, watcher: SystemWatcher) {
    self.watcher = watcher
    state = Mutex(State(descriptor: descriptor))
  }

  /// Writes all of `bytes`, after those of earlier callers. A cancelled writer may leave a part of them written.
  func write(_ bytes: [UInt8]) async throws {
    await takeTurn()
    defer { endTurn() }
    guard let descriptor = state.withLock({ $0.descriptor }) else {
      throw FlintError(.invalidArgument, "bytes were written to a child whose input had been finished")
    }
    var done = 0
    while done < bytes.count {
      let count = try writeNow(bytes[done...], descriptor)
      done += count
      if count == 0 { try await watcher.ready(descriptor.number, .writing) }
    }
  }

  /// Ends the child's input after what earlier callers write.
  func finish() async {
    await takeTurn()
    state.withLock { $0.descriptor = nil }
    endTurn()
  }

  /// Writes what the pipe has room for; returns how many bytes that was.
  private func writeNow(_ bytes: ArraySlice<UInt8>, _ descriptor: Descriptor) throws(FlintError) -> Int {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor.number, $0.baseAddress, $0.count) }
    if count >= 0 { return count }
    switch errno {
    case EAGAIN, EINTR: return 0
    case let number: throw FlintError(errorNumber: number, "a child no longer reads its standard input")
    }
  }

  // MARK: Turns

  private func takeTurn() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.isBusy {
          state.waiters.append(continuation)
          return false
        }
        state.isBusy = true
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  /// Hands the turn to the next in line, if there is one.
  private func endTurn() {
    let next = state.withLock { state in
      let next = state.waiters.popFirst()
      if next == nil { state.isBusy = false }
      return next
    }
    next?.resume()
  }
}
