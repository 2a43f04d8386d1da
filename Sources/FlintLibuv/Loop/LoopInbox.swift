internal import FlintCore
internal import FlintSystem
internal import Synchronization

/// What other threads want of a loop, and the means to wake it.
final class LoopInbox: Sendable {
  private struct State {
    var jobs: ContiguousArray<UnownedJob> = []
    var calls: ContiguousArray<@Sendable () -> Void> = []
    /// Nothing more is taken, once the loop has emptied it for the last time.
    var isClosing = false
    var isClosed = false
  }

  /// What the loop takes out at once.
  struct Content {
    var jobs: ContiguousArray<UnownedJob> = []
    var calls: ContiguousArray<@Sendable () -> Void> = []
    /// The loop is asked to end.
    var isClosing = false
  }

  private let state = Mutex(State())
  /// Whether there is something to take, and the loop has been woken for it: one wake-up does for all that comes
  /// before the loop looks.
  private let hasMail = Atomic<Bool>(false)
  private let wakeUp: WakeUp

  init() throws(FlintError) {
    wakeUp = try WakeUp()
  }

  /// Becomes readable when there is something to take.
  var number: CInt { wakeUp.number }

  // MARK: Other threads

  /// False when the loop has ended.
  func put(_ job: UnownedJob) -> Bool {
    change { $0.jobs.append(job) }
  }

  func put(_ call: @escaping @Sendable () -> Void) {
    _ = change { $0.calls.append(call) }
  }

  func close() {
    _ = change { $0.isClosing = true }
  }

  private func change(_ body: (inout State) -> Void) -> Bool {
    let isOpen = state.withLock { state in
      if !state.isClosed { body(&state) }
      return !state.isClosed
    }
    if isOpen && !hasMail.exchange(true, ordering: .acquiringAndReleasing) { wakeUp.signal() }
    return isOpen
  }

  // MARK: The loop

  /// Takes everything out, into arrays that are mostly empty; false when there was nothing.
  func take(into content: inout Content) -> Bool {
    guard hasMail.load(ordering: .acquiring) else { return false }
    hasMail.store(false, ordering: .sequentiallyConsistent)
    state.withLock { state in
      if content.jobs.isEmpty {
        swap(&content.jobs, &state.jobs)
      } else {
        content.jobs += state.jobs
        state.jobs.removeAll(keepingCapacity: true)
      }
      content.calls += state.calls
      state.calls.removeAll(keepingCapacity: true)
      content.isClosing = state.isClosing
    }
    return true
  }

  /// Called on the loop when it was woken.
  func clear() { wakeUp.clear() }

  /// Takes nothing more; false when there is something left to take.
  func seal() -> Bool {
    state.withLock { state in
      guard state.jobs.isEmpty && state.calls.isEmpty else { return false }
      state.isClosed = true
      return true
    }
  }
}
