internal import CUV
internal import FlintCore
internal import FlintSystem

/// The inside of an ``EventLoop``: libuv's handles, what waits to run, and what the sockets share. Only the loop's thread
/// touches it.
///
/// The properties of every turn go without Swift's checks for overlapping accesses, which cost more than the work: each is
/// swapped out before anything is called.
final class LoopCore {
  /// Rounds of jobs in one turn: jobs that make jobs must leave room for the sockets.
  private static let roundsPerTurn = 8

  let loop: UnsafeMutablePointer<uv_loop_t>
  /// Jobs that this thread has queued, or taken from the inbox.
  @exclusivity(unchecked) var jobs: ContiguousArray<UnownedJob> = []
  /// Calls in the same way.
  @exclusivity(unchecked) var calls: ContiguousArray<@Sendable () -> Void> = []
  /// Streams that have something to send, each once.
  @exclusivity(unchecked) var dirty: ContiguousArray<SocketState> = []
  /// What happened to descriptors in this turn, and was not told.
  @exclusivity(unchecked) var happened: ContiguousArray<(handle: PollHandle, events: PollEvents)> = []
  /// The task that tells it, while it waits.
  private var pump: UnsafeContinuation<Bool, Never>?
  /// What is due at some time.
  private var timers = TimerQueue<() -> Void>()
  private var nextTimer: UInt64 = 0
  /// Whether there is any: asked twice a turn, and mostly not.
  private var hasTimers = false
  let chunks = ChunkPool()

  private let inbox: LoopInbox
  private let phases: LoopPhases
  private var mail = LoopInbox.Content()
  private var running: ContiguousArray<UnownedJob> = []
  private var calling: ContiguousArray<@Sendable () -> Void> = []
  private var telling: ContiguousArray<(handle: PollHandle, events: PollEvents)> = []
  private var flushing: ContiguousArray<SocketState> = []
  private var isClosing = false

  init(inbox: LoopInbox) throws(FlintError) {
    try LoopRoom.check()
    loop = .allocate(capacity: 1)
    self.inbox = inbox
    let status = uv_loop_init(loop)
    guard status == 0 else {
      loop.deallocate()
      throw FlintError(errorNumber: -status, "cannot make an event loop")
    }
    phases = LoopPhases(loop: loop)
    do throws(FlintError) {
      try PollHandle(inbox.number, onlyOn: loop, owner: MailSlot(inbox)).watch(.readable)
    } catch {
      discard()
      throw error
    }
  }

  // MARK: The thread

  /// Runs the loop until it is asked to end.
  func run(serial: UnownedSerialExecutor, task: UnownedTaskExecutor) {
    phases.start { [unowned self] phase in turn(serial, task, phase) }
    while true {
      uv_run(loop, UV_RUN_DEFAULT)
      // The last look: what came meanwhile still runs.
      if jobs.isEmpty && calls.isEmpty && inbox.seal() { break }
    }
    happened = []
    pump.take()?.resume(returning: false)
    while !jobs.isEmpty { runJobs(serial, task) }
    discard()
  }

  /// Closes what is open and frees the loop. Also for a loop whose thread never came to life.
  func discard() {
    phases.close()
    PollHandle.closeAll(of: loop)
    while uv_run(loop, UV_RUN_DEFAULT) != 0 {}
    let status = uv_loop_close(loop)
    precondition(status == 0, "the loop ended with open handles")
    loop.deallocate()
    chunks.removeAll()
    dirty = []
  }

  /// After libuv has told what the system had to tell, and before it waits again.
  private func turn(_ serial: UnownedSerialExecutor, _ task: UnownedTaskExecutor, _ phase: LoopPhases.Phase) {
    if inbox.take(into: &mail) { open() }
    // Its job comes behind those that wait already.
    if !happened.isEmpty { pump.take()?.resume(returning: true) }
    if hasTimers { runTimers() }
    var rounds = LoopCore.roundsPerTurn
    while !(jobs.isEmpty && calls.isEmpty) && rounds > 0 {
      rounds -= 1
      runJobs(serial, task)
    }
    flush()
    if isClosing { return uv_stop(loop) }
    // Work that is left must not wait for the system's next event.
    phases.setBusy(!(jobs.isEmpty && calls.isEmpty && dirty.isEmpty && happened.isEmpty))
    if hasTimers, phase == .beforeWaiting { setAlarm() }
  }

  private func open() {
    if jobs.isEmpty { swap(&jobs, &mail.jobs) } else { jobs += mail.jobs }
    mail.jobs.removeAll(keepingCapacity: true)
    calls += mail.calls
    mail.calls.removeAll(keepingCapacity: true)
    isClosing = mail.isClosing
  }

  private func runJobs(_ serial: UnownedSerialExecutor, _ task: UnownedTaskExecutor) {
    swap(&jobs, &running)
    for job in running { job.runSynchronously(isolatedTo: serial, taskExecutor: task) }
    running.removeAll(keepingCapacity: true)
    guard !calls.isEmpty else { return }
    swap(&calls, &calling)
    for call in calling { call() }
    calling.removeAll(keepingCapacity: true)
  }

  private func flush() {
    guard !dirty.isEmpty else { return }
    swap(&dirty, &flushing)
    for stream in flushing { stream.flush() }
    flushing.removeAll(keepingCapacity: true)
  }

  // MARK: What happened to descriptors

  /// The pump has nothing to do.
  func pumpWaits(_ continuation: UnsafeContinuation<Bool, Never>) { pump = continuation }

  /// Tells everything that happened; from within a job.
  func deliver() {
    swap(&happened, &telling)
    for (handle, events) in telling { handle.tell(events) }
    telling.removeAll(keepingCapacity: true)
  }

  // MARK: Timers

  /// Runs `call` on the loop at `deadline`, unless it is withdrawn before by the number that this returns.
  func setTimer(at deadline: MonotonicInstant, _ call: @escaping () -> Void) -> UInt64 {
    nextTimer += 1
    timers.insert(call, nextTimer, at: deadline)
    hasTimers = true
    return nextTimer
  }

  func cancelTimer(_ number: UInt64) { _ = timers.remove(number) }

  private func setAlarm() {
    if let deadline = timers.nextDeadline() { phases.setAlarm(at: deadline) } else { hasTimers = false }
  }

  private func runTimers() {
    guard let next = timers.nextDeadline() else { return }
    let now = SystemClock.monotonicNow
    guard next <= now else { return }
    for call in timers.removeDue(at: now) { call() }
  }
}

/// Empties the wake-up of a loop; what it announces is taken in the same turn.
private final class MailSlot: PollOwner {
  private let inbox: LoopInbox

  init(_ inbox: LoopInbox) { self.inbox = inbox }

  func ready(_ events: PollEvents) { inbox.clear() }
}
