internal import FlintCore

/// The scheduler's book of one task set: what each of its tasks is at.
///
/// Tasks are numbered from 0 in the order of their partitions. The book stays until the last of its tries has ended, also
/// when nobody wants its results any more.
struct TaskBook: Sendable {
  let stage: StageAttempt
  let job: JobID
  /// Its pool's place in the table of pools.
  let pool: Int
  let isBarrier: Bool
  let count: Int
  /// When it was submitted, in nanoseconds.
  let startedAt: Int64
  /// Whether the last of its tries has ended and nothing is left of it but its place.
  var isGone = false
  /// Whether results of it are wanted still.
  var isLive = true
  /// Whether the pool has it in its list of those that have something to start.
  var isHungry = false
  var tasks: [TaskRecord]
  var pendingCount: Int
  var doneCount = 0
  /// Slots that its tries hold, those included that were told to end.
  var held = 0
  /// Tasks that came back and are to be started anew, before all others and wherever there is a slot.
  var returned = IndexQueue()
  /// Tasks that were slow when somebody looked, and want a second try beside the first.
  var slow = IndexQueue()
  var durations = DurationHistogram()
  /// How fast its tries end.
  var pace = TaskPace()
  /// Of a barrier: on which executor each of its results was made.
  var hosts: [Int32] = []
  /// Since when it cannot run at all: too few slots for its barrier, or every executor excluded.
  var stuckSince: Int64?
  /// The last failure that spoke against an executor.
  var lastBlame: TaskScheduler.Blame?

  private let firstPartition: UInt64
  /// Its partitions, unless they follow one another without gaps.
  private let partitions: [PartitionID]
  /// Where the search for a task that any executor may take begins.
  private var cursor = 0
  private var lists: PlaceLists?
  /// How many steps it is from the nearest places to any: each takes a wait. None for a set without places.
  private(set) var steps = 0
  /// Tasks that need not wait for a place, since none of theirs was there.
  private var unplaced = IndexQueue()

  /// A book of tasks that are all to be started. `isPresent` says whether a place is there.
  init(_ set: TaskSet, pool: Int, at now: Int64, isPresent: (TaskPlace) -> Bool) {
    precondition(set.partitions.count < Int(UInt32.max), "\(set.stage) has \(set.partitions.count) tasks")
    precondition(
      zip(set.partitions, set.partitions.dropFirst()).allSatisfy(<), "\(set.stage) has its partitions in no order")
    stage = set.stage
    job = set.job
    self.pool = pool
    isBarrier = set.isBarrier
    count = set.partitions.count
    startedAt = now
    tasks = Array(repeating: TaskRecord(), count: count)
    pendingCount = count
    firstPartition = set.partitions.first?.rawValue ?? 0
    let span = (set.partitions.last?.rawValue ?? 0) - firstPartition
    partitions = span + 1 == UInt64(set.partitions.count) ? [] : set.partitions
    if set.isBarrier { hosts = Array(repeating: SlotTable.nobody, count: count) }
    guard !set.places.isEmpty, !set.isBarrier else { return }
    let near = PlaceLists(set)
    lists = near
    steps = near.hasExecutors ? 2 : 1
    for (task, partition) in set.partitions.enumerated()
    where !(set.places[partition] ?? []).contains(where: isPresent) {
      unplaced.append(UInt32(task))
    }
  }

  // MARK: Names

  func partition(of task: UInt32) -> PartitionID {
    partitions.isEmpty ? PartitionID(rawValue: firstPartition + UInt64(task)) : partitions[Int(task)]
  }

  func attempt(_ task: UInt32, _ number: UInt32) -> TaskAttempt {
    TaskAttempt(task: TaskID(stage: stage, partition: partition(of: task)), number: number)
  }

  /// The task that computes `partition`; nil when it is none of these.
  func task(of partition: PartitionID) -> UInt32? {
    guard partition.rawValue >= firstPartition else { return nil }
    if partitions.isEmpty {
      let index = partition.rawValue - firstPartition
      return index < UInt64(count) ? UInt32(index) : nil
    }
    var (low, high) = (0, partitions.count)
    while low < high {
      let middle = (low + high) / 2
      if partitions[middle] < partition { low = middle + 1 } else { high = middle }
    }
    return low < partitions.count && partitions[low] == partition ? UInt32(low) : nil
  }

  // MARK: What is to be started

  /// Whether a free slot might be of use to it.
  var wantsSlots: Bool { isLive && (pendingCount > 0 || !slow.isEmpty) }

  /// The next task for an executor whose slot has stood free for so many waits, of a set whose tasks have places.
  mutating func next(for executor: ExecutorIncarnation, on node: NodeID, steps waited: Int) -> UInt32? {
    if let task = lists?.take(on: executor, tasks) { return task }
    if let task = lists?.take(on: node, tasks) { return task }
    if waited >= 1, let task = lists?.take(beside: node, tasks) { return task }
    while let task = unplaced.popFirst() { if tasks[Int(task)].isPending { return task } }
    return waited >= steps ? nextAnywhere() : nil
  }

  /// The next task for any executor.
  @inline(__always)
  mutating func nextAnywhere() -> UInt32? {
    while cursor < tasks.count {
      if tasks[cursor].isPending {
        cursor += 1
        return UInt32(cursor - 1)
      }
      cursor += 1
    }
    return nil
  }

  /// Has the task started anew, whoever was to have it before.
  mutating func putBack(_ task: UInt32) {
    tasks[Int(task)].flags.insert(.pending)
    pendingCount += 1
    returned.append(task)
  }

  /// Spares tasks the wait for a place that is gone: an executor, and its node when it was the last one there.
  mutating func release(_ executor: ExecutorIncarnation, and node: NodeID?) {
    guard let lists else { return }
    for task in lists.rest(on: executor) where tasks[Int(task)].isPending { unplaced.append(task) }
    guard let node else { return }
    for task in lists.rest(on: node) where tasks[Int(task)].isPending { unplaced.append(task) }
  }
}
