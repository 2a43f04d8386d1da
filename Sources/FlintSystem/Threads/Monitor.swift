internal import Glibc
internal import Synchronization

/// A value behind a lock on which threads can wait for the value to change.
///
/// Only threads of our own may wait here; Swift tasks suspend instead.
// Safe to share: `state` is touched only between lock and unlock of `mutex`,
// and mutex and condition have a fixed address from init to deinit, which waits for those who still signal.
final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Threads between the end of a change and the last of its signal. Whom they wake may let go of the monitor meanwhile, and
  /// not every caller holds it.
  private let signallers = Atomic(0)

  init(_ state: sending State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    while signallers.load(ordering: .acquiring) > 0 { sched_yield() }
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Reads or changes the value; `wakes` one waiting thread or all of them.
  func withLock<Value>(waking wakes: Wakes = .none, _ body: (inout State) -> Value) -> Value {
    pthread_mutex_lock(mutex)
    let value = body(&state)
    if wakes == .none {
      pthread_mutex_unlock(mutex)
      return value
    }
    signallers.add(1, ordering: .relaxed)
    pthread_mutex_unlock(mutex)
    // Behind the lock, for which the other thread would only wait again.
    if wakes == .one { pthread_cond_signal(condition) } else { pthread_cond_broadcast(condition) }
    // The monitor may be gone at once.
    signallers.subtract(1, ordering: .releasing)
    return value
  }

  /// Parks the thread until `body` answers something.
  func wait<Value>(for body: (inout State) -> Value?) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let value = body(&state) { return value }
      pthread_cond_wait(condition, mutex)
    }
  }

  /// Whom a change wakes.
  enum Wakes { case none, one, all }
}
