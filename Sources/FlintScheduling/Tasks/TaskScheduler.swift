public import FlintCore

/// Decides which executor runs which task, and what follows when a try ends.
///
/// It owns the slots: a try holds one from its launch until it is known to have ended, whatever was wished in between, and no
/// slot is given back twice. Of each task the first result counts. What a failure means stands in ``FailureClassification``; a
/// failure that says that input is gone ends the attempt at the stage, and what to compute again is the DAG scheduler's business.
/// So are losses of finished results. That an executor is silent or gone it is told, by whoever keeps the ``ExecutorRegistry``.
///
/// An event costs the same whatever the number of tasks and executors is. It costs more with the number of stages that want
/// slots, and with that of free slots when tasks wait for a nearer one.
public struct TaskScheduler: Sendable {
  let rules: Rules
  let speculation: Speculation?
  var table: SlotTable
  var pools: PoolTable
  var books: [TaskBook] = []
  var health: HealthTracker
  var bookOf: [StageAttempt: Int] = [:]
  /// The newest attempt of each stage that has a book.
  var newestAttempt: [StageID: StageAttempt] = [:]
  var freeBooks: [Int] = []
  /// The book that was looked up last, most often the one that is looked for next.
  var latest = 0
  /// Tries that were told to end, in that order.
  var kills: [Kill] = []
  /// The last failure that spoke against an executor.
  var lastBlame: Blame?
  /// The most slots that there can be.
  var slotBound: Int?
  /// The earliest time at which it asked to be woken and was not yet.
  var nextWake: Int64?
  var mustTellWake = false
  /// When it looks for slow tasks again.
  var nextLook: Int64?
  /// What is to be done at the end of the event: look for sets that cannot run, and offer all free slots.
  var mustCheck = false
  var mustOfferAll = false
  /// When the event that is being handled happened, in nanoseconds.
  var now: Int64 = 0
  var actions: [Action] = []

  /// How many ends it was told of tries that hold no slot: late, repeated or unknown.
  public internal(set) var droppedEnds = 0

  /// A scheduler without tasks and executors. `speculates`: whether slow tasks get a second try beside the first.
  public init(limits: Limits, pools: SchedulingPools = SchedulingPools(), speculates: Bool = false) {
    rules = Rules(limits)
    speculation = speculates ? Speculation(limits: limits) : nil
    table = SlotTable(keepsStarts: speculates, ahead: rules.ahead)
    self.pools = PoolTable(pools)
    health = HealthTracker(limits: limits)
  }

  /// Takes in what happened at `now`.
  public mutating func handle(_ event: Event, at now: MonotonicInstant) -> [Action] {
    var actions: [Action] = []
    handle(event, at: now, into: &actions)
    return actions
  }

  /// Takes in what happened at `now`, and appends what it asks for: for a caller that keeps an array for all events.
  public mutating func handle(_ event: Event, at now: MonotonicInstant, into actions: inout [Action]) {
    self.now = now.nanoseconds
    swap(&self.actions, &actions)
    decide(event)
    if mustCheck { checkStuck() }
    if mustOfferAll { offerAll() }
    (mustCheck, mustOfferAll) = (false, false)
    if mustTellWake, let nextWake {
      self.actions.append(.wake(at: MonotonicInstant(nanoseconds: nextWake)))
    }
    mustTellWake = false
    swap(&self.actions, &actions)
  }

  /// Slots that tries hold, those included that were told to end.
  public var heldSlots: Int { books.reduce(0) { $0 + $1.held } }

  private mutating func decide(_ event: Event) {
    switch event {
    case .submitted(let set): submit(set)
    case .cancelled(let stage):
      if let book = book(of: stage), books[book].isLive { stop(book) }
    case .executorAdded(let executor, let node, let slotCount): add(executor, node: node, slotCount: slotCount)
    case .executorSuspected(let executor): change(executor, .suspect, to: true)
    case .executorTrusted(let executor): change(executor, .suspect, to: false)
    case .executorDrained(let executor): drain(executor)
    case .executorRemoved(let executor): remove(executor)
    case .ended(let attempt, let end): finish(attempt, end)
    case .slotsBounded(let bound):
      slotBound = bound
      mustCheck = true
    case .tick: tick()
    }
  }
}
