internal import FlintCore

/// Holds a whole event log against the promises that can be read off it. It keeps books of its own, and knows nothing of the
/// deciders that it judges.
public struct EventAudit {
  /// Failures by its own fault after which a task fails its job.
  private let taskAttempts: Int
  /// Tries of a task, whoever was to blame.
  private let taskStarts: Int
  /// Tries of a stage: several in a row for each exchange that it needs, when a node has more to hide than one output.
  private let stageAttempts: Int

  private var lost: Set<ExecutorIncarnation> = []
  private var runners: [[Int]: ExecutorIncarnation] = [:]
  private var starts: [[Int]: Int] = [:]
  private var failures: [[Int]: Int] = [:]
  private var successes: [[Int]: Int] = [:]
  private var openJobs: [Int: String] = [:]
  private var violations: [Violation] = []

  /// With the limits of the run.
  public init(taskAttempts: Int = 4, taskStarts: Int = 20, stageAttempts: Int = 12) {
    self.taskAttempts = taskAttempts
    self.taskStarts = taskStarts
    self.stageAttempts = stageAttempts
  }

  /// What does not hold. `isWhole` says that the driver ended by itself, so that the log must have an end.
  public mutating func judge(_ events: [RunEvent], isWhole: Bool = true) -> [Violation] {
    for event in events { take(event) }
    if isWhole {
      for (job, line) in openJobs.sorted(by: { $0.key < $1.key }) { add(.ends, "job \(job) never ended: \(line)") }
      if events.last?.name != "applicationEnded" { add(.ends, "the log does not end with the application") }
    }
    for (task, count) in starts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where count > taskStarts {
      add(.noStorm, "the task \(task) was started \(count) times")
    }
    for (task, count) in failures.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where count > taskAttempts {
      add(.noStorm, "the task \(task) failed \(count) times")
    }
    return violations
  }

  private mutating func add(_ invariant: Violation.Invariant, _ what: String) {
    violations.append(Violation(invariant, what))
  }

  private mutating func take(_ event: RunEvent) {
    switch event.name {
    case "executorAdded":
      if let executor = event.executor, lost.contains(executor) { add(.fence, "it came back: \(event)") }
    case "executorLost":
      if let executor = event.executor { lost.insert(executor) }
      if event.text("cause")?.isEmpty ?? true { add(.told, "no cause: \(event)") }
    case "jobStarted": openJobs[event.number("job") ?? -1] = event.description
    case "jobEnded":
      openJobs[event.number("job") ?? -1] = nil
      if event.text("status") == "failed", event.text("error")?.isEmpty ?? true { add(.told, "no error: \(event)") }
    case "stageSubmitted":
      if let number = event.number("stageAttempt"), number >= stageAttempts { add(.noStorm, "\(event)") }
    case "taskStarted": started(event)
    case "taskEnded": ended(event)
    case "taskCommitted", "mapOutputRegistered":
      if let attempt = event.attempt, let runner = runners[attempt], lost.contains(runner) {
        add(.fence, "\(runner) is lost: \(event)")
      }
    case "blockStored":
      if let executor = event.executor, lost.contains(executor) { add(.fence, "\(executor) is lost: \(event)") }
    default: break
    }
  }

  private mutating func started(_ event: RunEvent) {
    guard let attempt = event.attempt, let task = event.task else { return }
    if let executor = event.executor, lost.contains(executor) { add(.fence, "started on the lost: \(event)") }
    runners[attempt] = event.executor
    starts[task, default: 0] += 1
  }

  private mutating func ended(_ event: RunEvent) {
    guard let attempt = event.attempt, let task = event.task else { return }
    switch event.text("status") {
    case "succeeded":
      if let executor = event.executor, lost.contains(executor) { add(.fence, "\(executor) is lost: \(event)") }
      successes[attempt, default: 0] += 1
      if successes[attempt] ?? 0 > 1 { add(.oneCommit, "it succeeded twice: \(event)") }
    case "failed":
      // What is lost with its executor is not the task's own fault.
      let failure = event.text("failure") ?? ""
      if !failure.hasPrefix("executorLost"), !failure.hasPrefix("fetch"), !failure.hasPrefix("commit") {
        failures[task, default: 0] += 1
      }
    default: break
    }
  }
}
