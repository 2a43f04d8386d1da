public import FlintCore

/// The driver's book of executors: who lives, in which incarnation, on which node, with how many slots; and how many more
/// are wanted.
///
/// An incarnation that was lost is fenced for ever, whoever noticed the loss: the first notice counts and the others are
/// nothing new. Fewer than asked for never becomes a silent wait: a request that no executor can fit is refused.
public struct ExecutorRegistry: Sendable {
  /// What is known of a living executor.
  public struct Member: Hashable, Sendable {
    /// Where it runs.
    public let node: NodeID
    /// How many tasks it runs at once.
    public let slotCount: Int
    /// Whether it gets no new tasks for now.
    public internal(set) var isSuspect = false
    /// Whether it is on its way out: it finishes what it has and gets nothing new.
    public internal(set) var isDraining = false

    /// Whether tasks may be sent to it.
    public var takesTasks: Bool { !isSuspect && !isDraining }
  }

  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// A process says that it fills a place.
    case registered(ExecutorIncarnation, node: NodeID, slotCount: Int)
    /// A process is gone: its socket closed, its worker said so, its heartbeats stopped, a successor came.
    case lost(ExecutorIncarnation)
    /// Heartbeats: see ``HeartbeatMonitor``.
    case suspected(ExecutorIncarnation)
    /// Heartbeats again.
    case trusted(ExecutorIncarnation)
    /// It is to leave when its tasks are done.
    case drained(ExecutorIncarnation)
    /// So many executors are wanted in all.
    case wanted(Int)
    /// These are not needed any more, and so many are wanted without them: see ``AllocationPlanner``.
    case spared([ExecutorIncarnation], wanted: Int)
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Tell everybody that it is there.
    case added(ExecutorIncarnation)
    /// Tell everybody that it is gone, once: its tasks, blocks and outputs are to be dealt with.
    case removed(ExecutorIncarnation)
    /// Answer that this life is over: the process must end and register as a new one.
    case refuse(ExecutorIncarnation)
    /// Ask for so many more.
    case request(Int)
    /// Let these go: more are there than are wanted.
    case release([ExecutorIncarnation])
  }

  /// The living, by incarnation.
  public private(set) var members: [ExecutorIncarnation: Member] = [:]
  /// The one life of each executor that is a member.
  private var living: [ExecutorID: ExecutorIncarnation] = [:]
  /// The newest life of each executor that was ever seen; all older ones are fenced.
  private var newest: [ExecutorID: UInt64] = [:]
  private var wanted = 0
  private var requested = 0

  /// A book without entries.
  public init() {}

  /// Takes in what happened.
  public mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .registered(let executor, let node, let slotCount):
      return register(executor, Member(node: node, slotCount: slotCount))
    case .lost(let executor): return remove(executor)
    case .suspected(let executor):
      members[executor]?.isSuspect = true
      return []
    case .trusted(let executor):
      members[executor]?.isSuspect = false
      return []
    case .drained(let executor):
      members[executor]?.isDraining = true
      return balance()
    case .wanted(let count):
      wanted = count
      return balance()
    case .spared(let executors, let count):
      wanted = count
      let leaving = executors.filter { members[$0]?.isDraining == false }
      for executor in leaving { members[executor]?.isDraining = true }
      return (leaving.isEmpty ? [] : [.release(leaving)]) + balance()
    }
  }

  /// Whether what this life says still counts.
  public func isLive(_ executor: ExecutorIncarnation) -> Bool { members[executor] != nil }

  /// Slots of the executors that take tasks.
  public var slotCount: Int {
    members.sorted { $0.key < $1.key }.reduce(0) { $0 + ($1.value.takesTasks ? $1.value.slotCount : 0) }
  }

  private mutating func register(_ executor: ExecutorIncarnation, _ member: Member) -> [Action] {
    // The same life once more: a repeated message, and no reason to lose a healthy executor.
    guard members[executor] == nil else { return [] }
    let isOld = newest[executor.executor].map { executor.number <= $0 } ?? false
    #if FLINT_PLANTED_BUGS
      if isOld, PlantedBug.current != .fenceMissing { return [.refuse(executor)] }
    #else
      if isOld { return [.refuse(executor)] }
    #endif
    // A successor is the notice of its predecessor's death.
    newest[executor.executor] = executor.number
    var actions = take(upTo: executor)
    members[executor] = member
    living[executor.executor] = executor
    requested = max(0, requested - 1)
    actions.append(.added(executor))
    return actions + balance()
  }

  private mutating func remove(_ executor: ExecutorIncarnation) -> [Action] {
    // A life that ends before it registered must not register afterwards.
    newest[executor.executor] = max(newest[executor.executor] ?? 0, executor.number)
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .lossHandledTwice, members[executor] == nil { return [.removed(executor)] }
    #endif
    let removal = take(upTo: executor)
    return removal.isEmpty ? [] : removal + balance()
  }

  /// Takes out this life or an earlier one: the news of a later end may come before that of an earlier one.
  private mutating func take(upTo executor: ExecutorIncarnation) -> [Action] {
    guard let life = living[executor.executor], life.number <= executor.number else { return [] }
    living[executor.executor] = nil
    members[life] = nil
    return [.removed(life)]
  }

  private mutating func balance() -> [Action] {
    let staying = members.sorted { $0.key < $1.key }.filter { !$0.value.isDraining }.map(\.key)
    if staying.count + requested < wanted {
      let more = wanted - staying.count - requested
      requested += more
      return [.request(more)]
    }
    // What was asked for and is too much is not taken back: it may be starting already, and is released when it comes.
    requested = min(requested, max(0, wanted - staying.count))
    guard staying.count > wanted else { return [] }
    // The youngest hold the least.
    let leaving = Array(staying.suffix(staying.count - wanted))
    for executor in leaving { members[executor]?.isDraining = true }
    return [.release(leaving)]
  }
}
