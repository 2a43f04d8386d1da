/// Jobs in the order in which they came, with threads that park until one comes.
final class JobQueue<Job: Sendable>: Sendable {
  private struct State {
    var jobs = Queue<Job>()
    var isClosed = false
  }

  private let state = Monitor(State())

  /// Adds a job; false when the queue is closed and the job was not taken.
  func push(_ job: Job) -> Bool {
    state.withLock(waking: .one) { state in
      guard !state.isClosed else { return false }
      state.jobs.append(job)
      return true
    }
  }

  /// Whether somebody waits for a thread: jobs, or who closed the queue and waits for the threads' end.
  var hasWaiting: Bool { state.withLock { !$0.jobs.isEmpty || $0.isClosed } }

  /// The next job, waited for; nil once the queue is closed and empty.
  func pop() -> Job? {
    state.wait { state in
      if let job = state.jobs.popFirst() { return .some(.some(job)) }
      return state.isClosed ? .some(nil) : nil
    }
  }

  /// Takes no further job; those that are in it are still given out.
  func close() {
    state.withLock(waking: .all) { $0.isClosed = true }
  }
}
