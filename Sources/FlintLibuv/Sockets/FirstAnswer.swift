internal import Synchronization

/// A wait for whichever of several answers comes first: a result, a deadline, a cancellation.
final class FirstAnswer<Value: Sendable>: Sendable {
  private struct State {
    var answer: Result<Value, any Error>?
    var waiter: CheckedContinuation<Value, any Error>?
  }

  private let state = Mutex(State())

  /// Only the first answer counts.
  func give(_ answer: Result<Value, any Error>) {
    let waiter = state.withLock { state in
      guard state.answer == nil else { return CheckedContinuation<Value, any Error>?.none }
      state.answer = answer
      return state.waiter.take()
    }
    waiter?.resume(with: answer)
  }

  /// The first answer. When the current Swift task is cancelled, that is one. One caller, once.
  func wait() async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer = state.withLock { state in
          if state.answer == nil { state.waiter = continuation }
          return state.answer
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      give(.failure(CancellationError()))
    }
  }
}
