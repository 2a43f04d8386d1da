internal import FlintCore
internal import Glibc
internal import Synchronization

/// Our end of a pipe that a child reads. Writers take turns, so that the bytes of two never mix.
final class PipeWriter: Sendable {
  fileprivate struct State {
    /// Nil once the input is finished and all of it is written.
    var descriptor: Descriptor?
    var isFinished = false
    var isBusy = false
    /// Who waits for the turn, in order; a cancelled writer's number stays here until its turn comes.
    var order = Queue<UInt64>()
    var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    var waiterCount: UInt64 = 0
  }

  private let state: Mutex<State>
  private let watcher: SystemWatcher

  init(_ descriptor: Descriptor, watcher: SystemWatcher) {
    self.watcher = watcher
    state = Mutex(State(descriptor: descriptor))
  }

  /// Writes all of `bytes`, after those of earlier callers. A writer that is cancelled before its turn writes nothing,
  /// and one that is cancelled later may leave a part written.
  func write(_ bytes: [UInt8]) async throws {
    let descriptor = try await takeTurn()
    defer { endTurn() }
    var done = 0
    while done < bytes.count {
      let count = try writeNow(bytes[done...], descriptor)
      done += count
      if count == 0 { try await watcher.ready(descriptor.number, .writing) }
    }
  }

  /// Ends the child's input after what earlier callers write; waits for none of them.
  func finish() {
    state.withLock { state in
      state.isFinished = true
      if !state.isBusy { state.descriptor = nil }
    }
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

  private func takeTurn() async throws -> Descriptor {
    let number = state.withLock { state in
      state.waiterCount += 1
      return state.waiterCount
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let answer = state.withLock { $0.queue(continuation, number) }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(throwing: CancellationError())
    }
    guard let descriptor = state.withLock({ $0.descriptor }) else { preconditionFailure("a turn without a pipe") }
    return descriptor
  }

  /// Hands the turn to the next in line, if there is one.
  private func endTurn() {
    state.withLock { $0.endTurn() }?.resume()
  }
}

extension PipeWriter.State {
  /// Answers a writer at once, or puts it in line and answers nothing.
  fileprivate mutating func queue(
    _ waiter: CheckedContinuation<Void, any Error>, _ number: UInt64
  ) -> Result<Void, any Error>? {
    // A cancellation from now on finds the writer in line; an earlier one shows here.
    if Task.isCancelled { return .failure(CancellationError()) }
    guard !isFinished else {
      return .failure(
        FlintError(.invalidArgument, "bytes were written to a child whose input had been finished"))
    }
    guard isBusy else {
      isBusy = true
      return .success(())
    }
    order.append(number)
    waiters[number] = waiter
    return nil
  }

  /// The next in line; the pipe is closed when there is none and the input has been finished.
  fileprivate mutating func endTurn() -> CheckedContinuation<Void, any Error>? {
    while let number = order.popFirst() {
      if let waiter = waiters.removeValue(forKey: number) { return waiter }
    }
    isBusy = false
    if isFinished { descriptor = nil }
    return nil
  }
}
