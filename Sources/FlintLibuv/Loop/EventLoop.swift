public import FlintCore
internal import FlintSystem
internal import Synchronization

/// A libuv loop on a thread of its own that runs Swift's jobs between its events: a node's control loop, or the loop of
/// its blocks.
///
/// One turn of the loop is: what the system has to tell, then the jobs that this made, then one write for each stream that
/// has something to send. A job that the loop's own thread queues takes no lock; one from elsewhere takes a lock and, for
/// the first since the last turn, a wake-up.
///
/// A Swift task that does not prefer the loop may let other jobs pass at every `await`, even one that stays on the same
/// actor; so who checks a state and then waits does both inside the continuation's body.
///
/// The thread keeps the loop alive until ``shutdown()``.
public final class EventLoop: SerialExecutor, TaskExecutor {
  let name: String
  let thread = LoopThread()
  private let inbox: LoopInbox
  private let confined: LoopConfined<LoopCore>
  private let end = LoopEnd()

  /// Starts the thread. Throws `too-many-open-files` or `resource-exhausted` when the process has no room for it.
  public init(name: String = "flint-loop") throws(FlintError) {
    self.name = name
    inbox = try LoopInbox()
    let core = try LoopCore(inbox: inbox)
    confined = LoopConfined(core, to: thread)
    do throws(FlintError) {
      try SystemThread.start(name: name, stackSize: .mebibytes(8)) { self.run() }
    } catch {
      core.discard()
      throw error
    }
  }

  // MARK: Executor

  /// Queues a job; after ``shutdown()`` that is a programmer's error.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if thread.isCurrent {
      confined.value.jobs.append(job)
    } else {
      // Once it is queued, the job may run to its end and let go of this object: nothing of it may be used after that.
      let (inbox, name) = (inbox, name)
      let isAccepted = inbox.put(job)
      precondition(isAccepted, "a job came to the loop \(name) after its shutdown: end the actors on it first")
    }
  }

  /// Ends the program when the caller is not on the loop.
  public func checkIsolated() {
    precondition(thread.isCurrent, "this must run on the loop \(name)")
  }

  /// Whether the caller is on the loop.
  public func isIsolatingCurrentContext() -> Bool? { thread.isCurrent }

  /// Runs what is queued and ends the thread; returns when it has. Call it from outside, when no actor of the loop has
  /// anything left to do: streams and listeners that are still open then are closed without a word.
  public func shutdown() async {
    inbox.close()
    await end.wait()
  }

  // MARK: For what lives on the loop

  /// The loop's inside, for callers on the loop.
  @inline(__always)
  var core: LoopCore { confined.value }

  /// Runs `call` on the loop, later in this turn or in the next one. After ``shutdown()`` it is dropped.
  func perform(_ call: @escaping @Sendable () -> Void) {
    if thread.isCurrent {
      confined.value.calls.append(call)
    } else {
      let inbox = inbox
      inbox.put(call)
    }
  }

  private func run() {
    thread.enter()
    let pump = LoopPump(loop: self)
    Task(executorPreference: self) { await pump.run() }
    confined.value.run(serial: asUnownedSerialExecutor(), task: asUnownedTaskExecutor())
    thread.leave()
    end.reach()
  }
}
