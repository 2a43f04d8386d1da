public import FlintCore
internal import FlintSystem
internal import Synchronization

/// A control loop on one thread: jobs of actors, callbacks and timers first, then the sockets of a ``LoopbackNetwork``.
///
/// A Swift task that does not prefer the loop may let other jobs pass at every `await`, even one that stays on the same
/// actor; so who checks a state and then waits does both inside the continuation's body.
///
/// The thread keeps the loop alive until ``shutdown()``.
public final class LoopbackLoop: SerialExecutor, TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var callbacks: [@Sendable () -> Void] = []
    var timers = TimerQueue<@Sendable () -> Void>()
    var sockets: [UInt64: WeakSocket] = [:]
    /// Whether the thread waits, or is about to, and must be woken for anything new.
    var isWaiting = false
    var isClosed = false
    var hasEnded = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private struct WeakSocket {
    weak var socket: (any LoopbackSocket)?
  }

  let poller: Poller
  private let wakeUp: WakeUp
  private let state = Mutex(State())
  /// The thread while it runs, otherwise 0.
  private let thread = Atomic<UInt>(0)
  /// 0 is the wake-up's.
  private let nextToken = Atomic<UInt64>(1)

  /// Starts the thread.
  public init(name: String = "flint-loopback") throws(FlintError) {
    poller = try Poller()
    wakeUp = try WakeUp()
    try poller.add(wakeUp.number, token: 0, .reading)
    try SystemThread.start(name: name, stackSize: .mebibytes(8)) { self.run() }
  }

  // MARK: Executor

  /// Queues a job; after ``shutdown()`` that is a programmer's error.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { state in
      precondition(!state.hasEnded, "a job came to the loopback loop after its shutdown: end the actors on it first")
      state.jobs.append(job)
    }
  }

  /// Ends the program when the caller is not on the loop.
  public func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "this must run on the loopback loop")
  }

  /// Whether the caller is on the loop.
  public func isIsolatingCurrentContext() -> Bool? {
    thread.load(ordering: .relaxed) == SystemThread.current
  }

  /// Runs what is queued and ends the thread; returns when it has. Call it from outside, when no actor of the loop has
  /// anything left to do.
  public func shutdown() async {
    change { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.waiters.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  // MARK: For the sockets

  func takeToken() -> UInt64 {
    nextToken.add(1, ordering: .relaxed).oldValue
  }

  /// From now on events with `token` go to `socket`, as long as somebody holds it.
  func register(_ socket: any LoopbackSocket, _ token: UInt64) {
    state.withLock { $0.sockets[token] = WeakSocket(socket: socket) }
  }

  func unregister(_ token: UInt64) {
    state.withLock { $0.sockets[token] = nil }
  }

  /// Runs `callback` on the loop, after the current event.
  func perform(_ callback: @escaping @Sendable () -> Void) {
    change { $0.callbacks.append(callback) }
  }

  /// Runs `callback` on the loop at `deadline`, unless ``cancelTimer(_:)`` with the same token comes before.
  func setTimer(_ token: UInt64, at deadline: MonotonicInstant, _ callback: @escaping @Sendable () -> Void) {
    change { $0.timers.insert(callback, token, at: deadline) }
  }

  func cancelTimer(_ token: UInt64) {
    _ = state.withLock { $0.timers.remove(token) }
  }

  // MARK: The thread

  private func change(_ body: (inout State) -> Void) {
    let mustWake = state.withLock { state in
      body(&state)
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    if mustWake { wakeUp.signal() }
  }

  private func run() {
    thread.store(SystemThread.current, ordering: .relaxed)
    var events: [Poller.Event] = []
    while true {
      runJobs()
      guard let milliseconds = timeUntilWork() else { break }
      poller.wait(milliseconds: milliseconds < 0 ? nil : milliseconds, into: &events)
      state.withLock { $0.isWaiting = false }
      for event in events { deliver(event) }
    }
    thread.store(0, ordering: .relaxed)
    let waiters = state.withLock { state in
      state.hasEnded = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// What is there now, once: what it adds comes after the next look at the sockets.
  private func runJobs() {
    let (jobs, callbacks) = state.withLock { state in
      defer {
        state.jobs = []
        state.callbacks = []
      }
      let due = state.timers.isEmpty ? [] : state.timers.removeDue(at: SystemClock.monotonicNow)
      return (state.jobs, state.callbacks + due)
    }
    let serial = asUnownedSerialExecutor()
    let task = asUnownedTaskExecutor()
    for job in jobs { job.runSynchronously(isolatedTo: serial, taskExecutor: task) }
    for callback in callbacks { callback() }
  }

  /// For how many milliseconds the thread may wait: -1 without end, nil when the loop is over.
  private func timeUntilWork() -> Int32? {
    state.withLock { state in
      guard state.jobs.isEmpty && state.callbacks.isEmpty else { return 0 }
      if state.isClosed { return nil }
      state.isWaiting = true
      guard let deadline = state.timers.nextDeadline() else { return -1 }
      let rest = SystemClock.monotonicNow.duration(to: deadline)
      // Rounded up, so that the timer is due when the wait is over.
      return Int32(clamping: max(rest, .zero).nanoseconds / 1_000_000 + 1)
    }
  }

  private func deliver(_ event: Poller.Event) {
    guard event.token != 0 else { return wakeUp.clear() }
    state.withLock { $0.sockets[event.token]?.socket }?.ready(event)
  }
}

/// Something with a socket that a ``LoopbackLoop`` watches.
protocol LoopbackSocket: AnyObject, Sendable {
  /// Called on the loop when something happened to the socket.
  func ready(_ event: Poller.Event)
}
