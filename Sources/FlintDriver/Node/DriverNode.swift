public import FlintCore
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// The driver of one application: it owns the deciders, tells them what happens, and carries out what they ask for.
///
/// What comes in is handled in one turn from end to end: an event goes to a decider, its actions become messages or events
/// for the other one, until nothing is left. Only then does the next thing come in. Starting processes, reading files and
/// user code are not its business.
public actor DriverNode {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// The driver's own seams.
  public nonisolated let context: NodeContext
  /// The limits in effect.
  public nonisolated let limits: Limits
  /// Which application it is.
  public nonisolated let application: ApplicationID
  nonisolated let jobIDs = IdentifierGenerator<JobID>()
  /// Starts and ends executors.
  nonisolated let provider: any ExecutorProvider

  enum Step {
    case tasks(TaskScheduler.Event)
    case stages(DAGScheduler.Event)
  }

  // MARK: The deciders.

  var registry = ExecutorRegistry()
  var monitor: HeartbeatMonitor
  var tasks: TaskScheduler
  var stages: DAGScheduler
  var commits = OutputCommitCoordinator()
  var counted = AccumulatorLedger<[AccumulatorReport]>()
  /// What the deciders are to be told in this turn.
  var steps: [Step] = []
  var isRunning = false

  // MARK: The books beside them.

  var members: [ExecutorIncarnation: ExecutorMember] = [:]
  var tries: [TaskAttempt: RunningTry] = [:]
  var sets: [StageAttempt: RunningSet] = [:]
  var jobs: [JobID: RunningJob] = [:]
  var programs = StagePrograms()
  var blocks = BlockDirectory()
  var accumulators: [UInt64: @Sendable ([UInt8]) -> Void] = [:]
  /// Tries whose results were counted in this turn.
  var countedTries: Set<TaskAttempt> = []
  /// Tries that succeeded, and of which it is not known yet whether they count: members of gangs.
  var undecided: [StageID: [TaskAttempt]] = [:]
  /// Who wrote what of each exchange, so that it can be removed.
  var written: [ShuffleID: [TaskAttempt: ExecutorID]] = [:]
  /// Results that were begun to be fetched.
  var fetches: [TaskAttempt: Task<Void, Never>] = [:]
  /// Those that wait until results are taken that came before.
  var roomWaiters: [CheckedContinuation<Void, Never>] = []

  // MARK: Time and the end.

  var wishes = PriorityQueue<MonotonicInstant>()
  var timer: Task<Void, Never>?
  var timerIsFor = MonotonicInstant.distantFuture
  var heart: Task<Void, Never>?
  /// Those that wait for the news why a connection is over.
  var partings: [ExecutorIncarnation: Task<Void, Never>] = [:]
  var emptySince: MonotonicInstant?
  var lastProgress: MonotonicInstant
  var isStopping = false

  // MARK: What people see.

  var events: EventLog
  var summary = SummaryBook()
  var progress: ProgressBook

  /// A driver whose executors come from `provider`.
  public init(
    context: NodeContext, application: ApplicationID, limits: Limits, options: DriverOptions,
    provider: any ExecutorProvider
  ) {
    self.context = context
    self.application = application
    self.limits = limits
    self.provider = provider
    monitor = HeartbeatMonitor(limits: limits)
    tasks = TaskScheduler(limits: limits, pools: options.pools, speculates: options.speculates)
    stages = DAGScheduler(limits: limits)
    lastProgress = context.time.now
    events = EventLog(context: context, application, options)
    progress = ProgressBook(options.progress)
    summary.application = options.name
  }

  nonisolated var now: MonotonicInstant { context.time.now }

  // MARK: The deciders' turn

  /// Tells the deciders what stands in ``steps``, and what follows from it, until nothing is left.
  func run() {
    // What is carried out may come back here before the turn is over: it is then part of this turn.
    guard !isRunning else { return }
    isRunning = true
    var next = 0
    while next < steps.count {
      let step = steps[next]
      next += 1
      switch step {
      case .tasks(let event): for action in tasks.handle(event, at: now) { carry(action) }
      case .stages(let event):
        let actions = stages.handle(event)
        note(event)
        for action in actions { carry(action) }
      }
      if next == steps.count {
        steps.removeAll(keepingCapacity: true)
        next = 0
      }
    }
    isRunning = false
  }

  func tell(_ event: TaskScheduler.Event) {
    steps.append(.tasks(event))
    run()
  }

  func tell(_ event: DAGScheduler.Event) {
    steps.append(.stages(event))
    run()
  }
}
