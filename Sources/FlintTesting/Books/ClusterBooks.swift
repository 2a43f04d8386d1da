package import FlintChaos

/// What a run's event log says, and whether it may say so: books of its own, by which the invariants are held.
///
/// It knows nothing of the product but the log. The first thing that is not as it must be stays in ``violation``.
package struct ClusterBooks: Sendable {
  /// A try that has begun.
  struct Try: Sendable {
    let executor: ExecutorKey
    var isOver = false
  }

  /// The first thing that is not as it must be.
  package private(set) var violation: String?
  /// How often each event came, by name.
  package private(set) var counts: [String: Int] = [:]
  /// The executors that are in service.
  package internal(set) var living: Set<ExecutorKey> = []
  var lost: Set<ExecutorKey> = []
  var tries: [AttemptKey: Try] = [:]
  /// The tries in the order in which they began.
  var order: [AttemptKey] = []
  /// The newest attempt at each stage.
  var stages: [Int: Int] = [:]
  var submissions: [Int: Int] = [:]
  var starts: [AttemptKey: Int] = [:]
  var commits: [AttemptKey: Int] = [:]
  var openJobs: Set<Int> = []
  var endedJobs: Set<Int> = []
  /// How often something happened for which something may be computed once more.
  var disturbances = 0
  /// How often map outputs came beyond the first of each partition.
  package internal(set) var recomputed = 0
  var outputs: [AttemptKey: Int] = [:]
  /// All of them, the oldest first.
  private var events: [ClusterEvent] = []

  /// How many lines are shown.
  private static let shownLines = 200
  /// How often a task may be started.
  let taskStarts: Int
  let isSpeculative: Bool

  package init(taskStarts: Int, isSpeculative: Bool = false) {
    self.taskStarts = taskStarts
    self.isSpeculative = isSpeculative
  }

  /// Takes in the next event.
  package mutating func take(_ event: ClusterEvent) {
    counts[event.name, default: 0] += 1
    events.append(event)
    switch event.name {
    case "executorAdded", "executorLost": takeExecutor(event)
    case "taskStarted", "taskEnded", "taskCommitted", "mapOutputRegistered", "fetchFailed": takeTask(event)
    case "stageSubmitted", "jobStarted", "jobEnded", "blockDropped": takeJob(event)
    // What was begun of a stage and given up is begun again when somebody needs it.
    case "stageCompleted": if event["status"] != "succeeded" { disturbances += 1 }
    case "blockStored":
      if let executor = event.executor {
        require(!lost.contains(executor), "I3: a block of \(executor), which was lost")
      }
    default: break
    }
  }

  /// Whether the application has come to its end.
  var endedInOrder: Bool { counts["applicationEnded"] != nil }

  /// Whether every executor that came is there still.
  var lostNobody: Bool { lost.isEmpty }

  /// How many events fit a trigger, its count aside.
  package func count(of trigger: Trigger) -> Int {
    events.count { event in trigger.fits(event.name) { event[$0] } }
  }

  /// The newest lines.
  package var lastLines: [String] { events.suffix(Self.shownLines).map(\.line) }

  /// What must hold when the application has ended in order.
  package mutating func close() {
    if let job = openJobs.min() { fail("I4: job \(job) never ended") }
  }

  /// A line that is no event.
  mutating func refuse(_ line: [UInt8]) { fail("the event log has the line \(String(decoding: line, as: UTF8.self))") }

  /// The executor on which a try ran.
  func executor(of attempt: AttemptKey) -> ExecutorKey? { tries[attempt]?.executor }

  /// The try that has run for the longest on an executor.
  func oldestTry(on executor: ExecutorKey) -> AttemptKey? {
    order.first { tries[$0]?.isOver == false && tries[$0]?.executor == executor }
  }

  mutating func fail(_ what: @autoclosure () -> String) {
    if violation == nil { violation = what() }
  }

  mutating func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fail(what()) }
  }
}
