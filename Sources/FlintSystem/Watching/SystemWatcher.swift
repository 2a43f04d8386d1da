internal import CFlint
internal import FlintCore
internal import Glibc
internal import Synchronization

/// The one thread of a process that waits for what Flint's other threads must not wait for: deadlines, the ends of
/// child processes, their pipes, and signals. It lives as long as the process.
///
/// Handlers run on that thread, so they are short and never block.
final class SystemWatcher: Sendable {
  /// What is called once, when a descriptor is ready (nil) or the watch has failed.
  typealias Handler = @Sendable ((any Error)?) -> Void

  private struct Watch {
    let descriptor: CInt
    let handler: Handler
  }

  private let poller: Poller
  /// Becomes readable when the first of `sleeps` is due.
  private let alarm: Descriptor
  private let watches = Mutex<[UInt64: Watch]>([:])
  private let sleeps = Mutex(TimerQueue<CheckedContinuation<Void, any Error>>())
  /// 0 is the alarm's.
  private let nextToken = Atomic<UInt64>(1)

  private static let instance = Result { () throws(FlintError) in try SystemWatcher() }

  /// The watcher of the process. When it could not be started the first time, it throws the same each time.
  static func shared() throws(FlintError) -> SystemWatcher { try instance.get() }

  private init() throws(FlintError) {
    poller = try Poller()
    let flags = CInt(TFD_CLOEXEC | TFD_NONBLOCK)
    alarm = Descriptor(
      adopting: try systemCall("cannot make a timer") { timerfd_create(CLOCK_BOOTTIME, flags) })
    try poller.add(alarm.number, token: 0, .reading)
    try SystemThread.start(name: "flint-watch", stackSize: SystemThread.smallStack) { self.run() }
  }

  // MARK: Descriptors

  /// Calls `handler` once, when `descriptor` is ready. The descriptor must stay open until then.
  func watch(_ descriptor: CInt, _ interest: Poller.Interest, _ handler: @escaping Handler) {
    watch(takeToken(), descriptor, interest, handler)
  }

  /// Suspends until `descriptor` is ready; throws `CancellationError` when the current Swift task is cancelled. One
  /// caller a descriptor.
  func ready(_ descriptor: CInt, _ interest: Poller.Interest) async throws {
    let token = takeToken()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        watch(token, descriptor, interest) { failure in
          if let failure { continuation.resume(throwing: failure) } else { continuation.resume() }
        }
        // A cancellation before this point did not find the watch.
        if Task.isCancelled { take(token)?.handler(CancellationError()) }
      }
    } onCancel: {
      take(token)?.handler(CancellationError())
    }
  }

  private func watch(_ token: UInt64, _ descriptor: CInt, _ interest: Poller.Interest, _ handler: @escaping Handler) {
    let failure = watches.withLock { watches -> (any Error)? in
      do {
        // Under the lock, so that the event finds the handler.
        try poller.add(descriptor, token: token, interest)
        watches[token] = Watch(descriptor: descriptor, handler: handler)
        return nil
      } catch {
        return error
      }
    }
    if let failure { handler(failure) }
  }

  private func take(_ token: UInt64) -> Watch? {
    watches.withLock { watches in
      guard let watch = watches.removeValue(forKey: token) else { return nil }
      poller.remove(watch.descriptor)
      return watch
    }
  }

  private func takeToken() -> UInt64 {
    nextToken.add(1, ordering: .relaxed).oldValue
  }

  // MARK: Deadlines

  /// Suspends until `deadline`; throws `CancellationError` when the current Swift task is cancelled.
  func sleep(until deadline: MonotonicInstant) async throws {
    let token = takeToken()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let isCancelled = sleeps.withLock { sleeps in
          // A cancellation from now on finds the sleeper; an earlier one shows here.
          if Task.isCancelled { return true }
          sleeps.insert(continuation, token, at: deadline)
          setAlarm(sleeps.nextDeadline())
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      sleeps.withLock { $0.remove(token) }?.resume(throwing: CancellationError())
    }
  }

  /// Call it under the lock of `sleeps`, so that the last one set is the right one.
  private func setAlarm(_ deadline: MonotonicInstant?) {
    // A time of zero would switch the alarm off, so what is long due is due after one nanosecond.
    let nanoseconds = deadline.map { max($0.nanoseconds, 1) } ?? 0
    var setting = itimerspec()
    setting.it_value = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    timerfd_settime(alarm.number, CInt(TFD_TIMER_ABSTIME), &setting, nil)
  }

  private func wakeSleepers() {
    var count: UInt64 = 0
    _ = read(alarm.number, &count, MemoryLayout.size(ofValue: count))
    let due = sleeps.withLock { sleeps in
      let due = sleeps.removeDue(at: SystemClock.monotonicNow)
      setAlarm(sleeps.nextDeadline())
      return due
    }
    for sleeper in due { sleeper.resume() }
  }

  // MARK: The thread

  private func run() -> Never {
    var events: [Poller.Event] = []
    while true {
      poller.wait(milliseconds: nil, into: &events)
      for event in events {
        if event.token == 0 { wakeSleepers() } else { take(event.token)?.handler(nil) }
      }
    }
  }
}
