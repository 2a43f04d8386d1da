import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// The deciders and a little world at one point of one order of events. It is copied at each choice.
struct OrderState {
  /// Something that may happen next.
  enum Choice {
    /// A task does its work, and says so.
    case work(TaskDescription, on: ExecutorIncarnation)
    case commit(TaskDescription, on: ExecutorIncarnation)
    case tell(DriverMessage, from: ExecutorIncarnation)
    /// An executor gives back what it has not begun.
    case giveBack(ExecutorIncarnation)
    case submit(Int)
    case read(JobID, PartitionID, TaskAttempt)
    case die(ExecutorID)
    case replace(ExecutorID)
    case powerOff(NodeID)
    case nodeIsGone(NodeID)
    case loseOutputs(ExecutorID)
    case cancel(JobID)
    case cancelStage(UInt64)
  }

  let order: OrderCase
  let rows: RowModel
  var driver: ModelDriver
  var pending: [Choice]
  var path: [Choice] = []
  var violation: String?
  private var now: Int64 = 0
  private var living: [ExecutorIncarnation: NodeID] = [:]
  private var killed: Set<TaskAttempt> = []
  private var executions: [Execution] = []
  private var executionOf: [TaskAttempt: Int] = [:]
  /// Map outputs that are where the book says.
  private var present: Set<TaskAttempt> = []
  private var kept: [ExecutorIncarnation: [KeptKey: Int]] = [:]
  private var published: [PartitionID: Int] = [:]

  init(_ order: OrderCase) {
    self.order = order
    rows = RowModel(workload: order.workload)
    var limits = Limits()
    limits.localityWait = .nanoseconds(1)
    limits.tasksAhead = order.sendsAhead ? 2 : 0
    limits.aheadTime = .seconds(1)
    limits.aheadPatience = .milliseconds(1)
    driver = ModelDriver(
      limits: limits, speculates: false, pools: SchedulingPools(), tellsStagesFirst: true,
      savingJobs: Set(order.workload.jobs.filter(\.saves).map(\.id)))
    pending = order.faults + order.lateJobs.map { .submit($0) }
    for number in 0..<order.executorCount { start(ExecutorID(rawValue: UInt64(number)), life: 0) }
    for index in order.workload.jobs.indices where !order.lateJobs.contains(index) { perform(.submit(index)) }
  }

  private mutating func start(_ executor: ExecutorID, life: UInt64) {
    let id = ExecutorIncarnation(executor: executor, number: life)
    living[id] = NodeID(rawValue: executor.rawValue)
    tell(.registered(NodeID(rawValue: executor.rawValue), slotCount: order.slotCount), from: id)
  }

  // MARK: Choices

  mutating func perform(_ choice: Choice) {
    now += 1_000_000
    switch choice {
    case .work(let task, let executor): work(task, executor)
    case .commit(let task, let executor):
      guard living[executor] != nil, !killed.contains(task.attempt) else {
        return end(task, executor, .failed(.killed))
      }
      published[task.attempt.task.partition] = executionOf[task.attempt]
      end(task, executor, .succeeded)
    case .tell(let message, let executor): tell(message, from: executor)
    case .giveBack(let executor): giveBack(executor)
    case .submit(let index): driver.submit(order.workload.jobs[index], at: now)
    case .read(let job, let partition, let attempt):
      if driver.given[ResultKey(job, partition)] == attempt { driver.learn(.resultReleased(job, partition), at: now) }
    case .die(let executor): die(executor)
    case .replace(let executor):
      die(executor)
      start(executor, life: 1)
    case .powerOff(let node):
      for id in living.filter({ $0.value == node }).map(\.key).sorted() { die(id.executor) }
      present = []
      pending.append(.nodeIsGone(node))
    case .nodeIsGone(let node): driver.learn(.nodeLost(node), at: now)
    case .loseOutputs: present = []
    case .cancel(let job): driver.learn(.jobCancelled(job), at: now)
    case .cancelStage(let stage): driver.learn(.stageCancelled(StageID(rawValue: stage)), at: now)
    }
    pump()
    driver.wake(at: now)
    pump()
    if violation == nil { violation = driver.ledger.violation }
  }

  private mutating func die(_ executor: ExecutorID) {
    guard let id = living.keys.filter({ $0.executor == executor }).sorted().last else { return }
    living[id] = nil
    kept[id] = nil
    if !order.usesNodeFiles { forgetOutputs(of: id) }
    pending.append(.tell(.closed, from: id))
  }

  private mutating func forgetOutputs(of executor: ExecutorIncarnation) {
    for output in order.workload.exchanges.flatMap({ driver.stages.mapOutputs.outputs(of: $0.id) ?? [] }) {
      if output.place.node.rawValue == executor.executor.rawValue { present.remove(output.attempt) }
    }
  }

  private mutating func tell(_ message: DriverMessage, from executor: ExecutorIncarnation) {
    driver.receive(message, from: executor, at: now)
    pump()
  }

  private mutating func pump() {
    for output in driver.takeOutbox() {
      switch output {
      case .command(.launch(let task), let executor): pending.append(.work(task, on: executor))
      case .command(.recall, let executor): pending.append(.giveBack(executor))
      case .command(.kill(let attempt), _): killed.insert(attempt)
      case .command(.authorise(let attempt), let executor): authorise(attempt, executor)
      case .command(.deny(let attempt), let executor):
        pending.append(.tell(.ended(attempt, .failed(.commitDenied), TaskReport()), from: executor))
      case .command(.drop(let dataset, let partition), let executor):
        kept[executor]?[KeptKey(dataset, partition)] = nil
      case .command(.end, let executor): living[executor] = nil
      case .wake, .discarded: break
      case .gave(let job, let partition, let attempt):
        // Who reads when does not matter where rows are always the same.
        if !order.workload.jobs.allSatisfy({ order.workload.hasReference($0.node) }) {
          pending.append(.read(job, partition, attempt))
        }
      case .jobEnded(let job, let failure): if failure == nil { checkResult(of: job) }
      }
    }
  }

  private mutating func authorise(_ attempt: TaskAttempt, _ executor: ExecutorIncarnation) {
    guard let job = order.workload.jobs.first, let stage = driver.stages.stage(attempt.task.stage.stage) else { return }
    let task = TaskDescription(attempt: attempt, stage: stage, job: job.id, saves: true)
    pending.append(.commit(task, on: executor))
  }

  // MARK: Tasks

  private mutating func end(
    _ task: TaskDescription, _ executor: ExecutorIncarnation, _ end: TaskEnd, _ report: TaskReport = TaskReport()
  ) {
    guard living[executor] != nil else { return }
    pending.append(.tell(.ended(task.attempt, end, report), from: executor))
    if order.tellsTwice { pending.append(.tell(.ended(task.attempt, end, report), from: executor)) }
  }

  private mutating func work(_ task: TaskDescription, _ executor: ExecutorIncarnation) {
    guard let node = living[executor] else { return }
    guard !killed.contains(task.attempt) else { return end(task, executor, .failed(.killed)) }
    var input = RowModel.Input()
    var (reads, sources) = ([Execution.Read](), [Int]())
    findKept(task, &input, &sources)
    let last = task.stage.node
    let needed = last.neededShuffles(for: [task.attempt.task.partition]) { input.kept[KeptKey($0, $1)] != nil }
    for shuffle in needed {
      guard let outputs = driver.stages.mapOutputs.outputs(of: shuffle) else {
        return end(task, executor, .failed(.fetchFailed(shuffle, map: PartitionID(rawValue: 0))))
      }
      for output in outputs {
        let map = output.attempt.task.partition
        guard present.contains(output.attempt), let source = executionOf[output.attempt] else {
          let report = TaskReport(epoch: driver.stages.mapOutputs.epoch, complaint: output.attempt)
          return end(task, executor, .failed(.fetchFailed(shuffle, map: map)), report)
        }
        input.maps[shuffle, default: []].append(executions[source].version)
        reads.append(Execution.Read(shuffle: shuffle, map: map, source: source))
      }
    }
    let nonce = UInt64(executions.count)
    let version = rows.version(of: last, task.attempt.task.partition, input, nonce: nonce)
    executionOf[task.attempt] = executions.count
    executions.append(Execution(version: version, reads: reads, kept: sources))
    if last.storageLevel != nil, input.kept.isEmpty {
      kept[executor, default: [:]][KeptKey(last.id, task.attempt.task.partition)] = executions.count - 1
      pending.append(.tell(.kept(last.id, task.attempt.task.partition, task.attempt, node), from: executor))
    }
    guard !task.saves else { return pending.append(.tell(.askedToCommit(task.attempt), from: executor)) }
    var output: MapOutput?
    if case .shuffleMap = task.stage.kind {
      present.insert(task.attempt)
      output = MapOutput(
        attempt: task.attempt, place: order.usesNodeFiles ? .node(node) : .executor(executor, node: node),
        sizes: [1, 1], rowCounts: [1, 1], checksum: version)
    }
    end(task, executor, .succeeded, TaskReport(output: output, epoch: driver.stages.mapOutputs.epoch))
  }

  /// What comes behind as many tasks as the executor runs at once has not begun.
  private mutating func giveBack(_ executor: ExecutorIncarnation) {
    var left = order.slotCount
    let all = pending
    pending = []
    for choice in all {
      guard case .work(let task, on: executor) = choice else {
        pending.append(choice)
        continue
      }
      left -= 1
      if left >= 0 { pending.append(choice) } else { end(task, executor, .failed(.takenBack)) }
    }
  }

  private func findKept(_ task: TaskDescription, _ input: inout RowModel.Input, _ sources: inout [Int]) {
    for node in task.stage.node.pipeline where node.storageLevel != nil {
      let key = KeptKey(node.id, task.attempt.task.partition)
      for holder in driver.stages.keepers(of: key.dataset, key.partition) {
        guard let source = kept[holder]?[key], input.kept[key] == nil else { continue }
        input.kept[key] = executions[source].version
        sources.append(source)
      }
    }
  }

  // MARK: Checks

  private mutating func checkResult(of id: JobID) {
    guard let job = order.workload.jobs.first(where: { $0.id == id }) else { return }
    var sources: [Int] = []
    for partition in job.partitions {
      let found = job.saves ? published[partition] : driver.given[ResultKey(id, partition)].flatMap { executionOf[$0] }
      guard let source = found else { return violation = "I1: \(id) succeeded without \(partition)" }
      let isRight = executions[source].version == rows.reference(job.node, partition)
      if order.workload.hasReference(job.node), !isRight { violation = "I1: \(id) has wrong rows in \(partition)" }
      sources.append(source)
    }
    var versions: [Ledger.OutputKey: UInt64] = [:]
    for read in sources.flatMap({ executions[$0].reads }) {
      let version = executions[read.source].version
      let before = versions.updateValue(version, forKey: Ledger.OutputKey(shuffle: read.shuffle, map: read.map))
      if let before, before != version { violation = "I1: \(id) has read two versions of \(read.map)" }
    }
  }

  /// What must hold when nothing can happen any more.
  mutating func checkEnd() {
    if !driver.stages.isIdle { violation = "I4: \(driver.stages.activeJobs) hang" }
    if driver.tasks.heldSlots > 0 { violation = "I7: \(driver.tasks.heldSlots) slots are left" }
    if violation == nil { violation = driver.ledger.violation }
  }
}
