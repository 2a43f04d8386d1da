public import FlintCore
internal import Synchronization

/// A control loop without input and output: actors that name it as their executor take turns on one thread.
///
/// A Swift task that does not prefer the thread may let other jobs pass at every `await`, even one that stays on the
/// same actor; so who checks a state and then waits does both inside the continuation's body.
///
/// The thread keeps the object alive until ``shutdown()``.
public final class SerialThread: SerialExecutor, TaskExecutor {
  private let name: String
  private let jobs = JobQueue<UnownedJob>()
  private let countdown = ThreadCountdown(count: 1)
  /// The thread while it runs, otherwise 0.
  private let thread = Atomic<UInt>(0)

  /// Starts the thread. Throws `resource-exhausted` when the system has no room for it.
  public init(name: String, stackSize: ByteCount = .mebibytes(8)) throws(FlintError) {
    self.name = name
    try SystemThread.start(name: name, stackSize: stackSize) { self.run() }
  }

  /// Queues a job; after ``shutdown()`` that is a programmer's error.
  public func enqueue(_ job: consuming ExecutorJob) {
    // Once it is queued, the job may run to its end and let go of this object: nothing of it may be used after that.
    let name = name
    let accepted = jobs.push(UnownedJob(job))
    precondition(accepted, "a job came to the control loop \(name) after its shutdown: end the actors on it first")
  }

  /// Ends the program when the caller is not on the thread.
  public func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "this must run on the control loop \(name)")
  }

  /// Whether the caller is on the thread.
  public func isIsolatingCurrentContext() -> Bool? {
    thread.load(ordering: .relaxed) == SystemThread.current
  }

  /// Runs what is queued and ends the thread; returns when it has. Call it from outside, when no actor of the loop has
  /// anything left to do: a job that comes later is a programmer's error.
  public func shutdown() async {
    jobs.close()
    await countdown.wait()
  }

  private func run() {
    thread.store(SystemThread.current, ordering: .relaxed)
    let serial = asUnownedSerialExecutor()
    let task = asUnownedTaskExecutor()
    while let job = jobs.pop() {
      job.runSynchronously(isolatedTo: serial, taskExecutor: task)
    }
    thread.store(0, ordering: .relaxed)
    countdown.leave()
  }
}
