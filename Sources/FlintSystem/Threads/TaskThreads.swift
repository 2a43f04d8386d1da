internal import CFlint
public import FlintCore

/// The task threads of a node: user code runs here, one Swift task a thread at a time, first come first served.
///
/// A Swift task stays here across its awaits when it was started with this executor as its preference. The threads keep
/// the object alive until ``shutdown()``.
public final class TaskThreads: TaskExecutor {
  /// How many threads there are.
  public let count: Int
  private let jobs = JobQueue<(job: UnownedJob, metered: MeteredTasks?)>()
  private let countdown: ThreadCountdown

  /// Starts `count` threads, one a core as a rule, each with a stack of `stackSize`: user code may recurse. Throws
  /// `resource-exhausted` when the system has no room for them.
  public init(count: Int, stackSize: ByteCount = .mebibytes(8)) throws(FlintError) {
    precondition(count > 0, "a node has at least one task thread, not \(count)")
    self.count = count
    countdown = ThreadCountdown(count: count)
    do throws(FlintError) {
      for index in 0..<count {
        try SystemThread.start(name: "flint-task-\(index)", stackSize: stackSize) { self.run() }
      }
    } catch {
      jobs.close()
      throw error
    }
  }

  /// Queues a job; after ``shutdown()`` it goes to Swift's own threads.
  public func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job), nil)
  }

  /// Whether somebody waits for a thread.
  var hasWaiting: Bool { jobs.hasWaiting }

  func enqueue(_ job: UnownedJob, _ metered: MeteredTasks?) {
    guard !jobs.push((job, metered)) else { return }
    // A job that is dropped would leave its Swift task suspended for ever; late ones end on Swift's own threads.
    globalConcurrentExecutor.enqueue(ExecutorJob(job))
  }

  /// Runs what is queued and ends the threads; returns when they have. Swift tasks that are suspended now and go on
  /// later do so on Swift's own threads, so end them first.
  public func shutdown() async {
    jobs.close()
    await countdown.wait()
  }

  private func run() {
    let executor = asUnownedTaskExecutor()
    flint_trap_stack()
    TaskTurn.with { turn in
      while let (job, metered) = jobs.pop() {
        if let metered {
          turn.run(job, of: metered)
        } else {
          job.runSynchronously(on: executor)
          flint_task_none()
        }
      }
    }
    countdown.leave()
  }
}
