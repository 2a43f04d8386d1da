public import FlintCore
internal import FlintLineage
internal import FlintTasks
public import FlintWire

/// An executor: it offers its task threads to one driver, runs what that sends, and tells what became of it.
///
/// It is one incarnation for one driver. When the driver is gone or refuses it, it ends, and whoever started it decides
/// about another one. Messages that come twice change nothing the second time. Not its job: what blocks are and where
/// (``TaskStores``), and the connection (``DriverChannel``).
public actor ExecutorNode {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { services.context.controlExecutor }

  /// Which one it is.
  public nonisolated let incarnation: ExecutorIncarnation
  nonisolated let services: TaskServices
  private let memory: ByteCount
  private let blocks: Endpoint?
  private let peakResident: @Sendable () -> ByteCount
  private let onEnd: @Sendable (ExecutorEnd) -> Void

  /// What each stage computes: loaded by the first task that needs it.
  private var stages: [StageID: ExecutorStage] = [:]
  /// Those who end the executor for tries that do not end when they are told to.
  private var reapers: [TaskAttempt: Task<Void, Never>] = [:]
  /// Looks for ends while tries wait.
  private var sweeper: Task<Void, Never>?
  private var reportCount: UInt64 = 0
  private var memoryUsed: UInt64 = 0
  private var heartbeat: Task<Void, Never>?
  /// What goes on beside the tries, by number: nothing of it may come to the loop after the end.
  private var chores: [UInt64: Task<Void, Never>] = [:]
  private var choreCount: UInt64 = 0
  private var end: ExecutorEnd?
  /// The tries that it has.
  private nonisolated let desk: TaskDesk

  /// - Parameters:
  ///   - memory: the budget of its tasks and blocks.
  ///   - beside: memory that the process has for something else.
  ///   - blocks: where it serves its blocks; nil when its node does.
  ///   - peakResident: the most that its process has had resident; zero when the process is not its own.
  ///   - onEnd: told once why it has ended, on the control loop.
  public init(
    _ incarnation: ExecutorIncarnation, context: NodeContext, driver: any DriverChannel, stores: any TaskStores,
    memory: ByteCount, beside: ByteCount = ByteCount(0), blocks: Endpoint?, limits: Limits = Limits(),
    peakResident: @escaping @Sendable () -> ByteCount = { ByteCount(0) },
    onEnd: @escaping @Sendable (ExecutorEnd) -> Void
  ) {
    self.incarnation = incarnation
    self.memory = memory
    self.blocks = blocks
    self.peakResident = peakResident
    self.onEnd = onEnd
    let guarding = MemoryGuard(memory, beside: beside, limits: limits, context: context) { size in
      Task(executorPreference: context.executors.control) { await stores.relieve(size) }
    }
    services = TaskServices(context: context, driver: driver, stores: stores, limits: limits, memory: guarding)
    desk = TaskDesk(context.executors, limits: limits)
    desk.announce { [weak self, weak desk, services] in
      Task(executorPreference: services.context.executors.control) {
        if let self { return await self.collect() }
        for ended in desk?.take() ?? [] { await services.stores.ended(ended.update.attempt) }
      }
    }
  }

  /// Which tries run now, for tests and reports.
  public nonisolated var runningAttempts: [TaskAttempt] { desk.runningAttempts }

  /// What it and its stores have, for whoever looks.
  func inspection(process: UInt32) async -> Inspection {
    var inspection = Inspection(role: .executor, name: services.context.name, process: process)
    inspection.stages = stages.keys.sorted()
    inspection.attempts = runningAttempts
    await services.stores.inspect(&inspection)
    return inspection
  }

  /// How many stages it has a description of.
  public var stageCount: Int { stages.count }

  // MARK: Start

  /// Offers its service, and returns the driver's answer. When there is none it ends, and throws.
  @discardableResult
  public func register() async throws -> RegistrationAnswer {
    let registration = ExecutorRegistration(
      executor: incarnation, taskThreads: UInt32(services.context.executors.taskThreadCount),
      memoryBytes: UInt64(memory.bytes), blocks: blocks)
    do {
      guard case .executorRegistered(let answer) = try await services.driver.request(.registerExecutor(registration))
      else { throw FlintError(.corruptData, "the driver answered something else than a registration") }
      startHeartbeats()
      return answer
    } catch {
      let error = error as? FlintError ?? RemoteError(error).error
      finish(error.code == .connectionLost ? .driverLost(error) : .refused(error))
      throw error
    }
  }

  private func startHeartbeats() {
    guard heartbeat == nil, end == nil else { return }
    heartbeat = begin { [weak self, services] in
      while !Task.isCancelled {
        guard let self, await self.report() else { return }
        guard (try? await services.context.time.sleep(for: services.limits.heartbeatInterval)) != nil else { return }
      }
    }
  }

  private func report() async -> Bool {
    memoryUsed = await services.stores.memoryUsed
    guard end == nil else { return false }
    do throws(FlintError) {
      try sendReport()
      return true
    } catch {
      #if FLINT_PLANTED_RUNTIME
        if RuntimeBug.has(.orphanGoesOn) { return true }
      #endif
      finish(.driverLost(error))
      return false
    }
  }

  private func sendReport() throws(FlintError) {
    let report = ExecutorReport(
      executor: incarnation, number: reportCount, running: desk.runningAttempts, memoryUsed: memoryUsed,
      peakResident: UInt64(clamping: peakResident().bytes))
    reportCount += 1
    try services.driver.send(.reportExecutor(report))
  }

  // MARK: Messages

  /// Takes a message of the driver. To be called on the control loop, in the order in which they were sent.
  public func receive(_ message: Message) {
    guard end == nil else { return }
    switch message {
    case .describeStage(let description): describe(description)
    case .forgetStages(let removal): for stage in removal.stages { stages[stage] = nil }
    case .launchTask(let description): launch(description)
    case .killTask(let kill): end(kill.attempt, because: kill.reason)
    case .recallTasks(let recall): if recall.executor == incarnation { giveBack() }
    case .removeBlocks(let removal): remove(removal.blocks)
    case .stopExecutor(let stop): if stop.executor == incarnation { self.stop() }
    case .echo, .echoed, .registerExecutor, .executorRegistered, .reportExecutor, .updateStatus, .statusNoted,
      .askCommit, .answerCommit, .askMapOutputs, .answerMapOutputs, .blockStored, .blockDropped, .askBlock,
      .answerBlock, .askPeers, .answerPeers, .fetchBlock, .sendBlock, .copyBlock, .blockCopied, .inspect,
      .inspected:
      services.context.log.warning("the driver sent what no executor takes", ["kind": "\(message.kind)"])
    }
  }

  /// The connection to the driver is over.
  public func driverLost(_ error: FlintError) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.orphanGoesOn) { return }
    #endif
    finish(.driverLost(error))
  }

  private func describe(_ description: StageDescription) {
    guard stages[description.stage] == nil else { return }
    stages[description.stage] = ExecutorStage(description.program)
  }

  private func remove(_ blocks: [BlockID]) {
    let stores = services.stores
    begin { await stores.remove(blocks) }
  }

  // MARK: Tasks

  private func launch(_ description: TaskDescription) {
    let attempt = description.attempt
    let stage = stages[attempt.task.stage.stage]
    guard description.executor == incarnation, stage?.accepts(attempt) ?? true else { return }
    do throws(FlintError) {
      guard let stage else { throw FlintError(.taskFailed, "\(attempt) came before its stage was described") }
      let task = try RunningTask(description, services)
      // Without a hop when the stage is there: most tasks are not the first of their stage.
      if desk.add(TaskDesk.Entry(task: task, loading: stage.loading(with: services))) { sweep() }
    } catch {
      let failure = FailureReport(kind: .threw(isRetryable: true), error: RemoteError(error))
      tell(StatusUpdate(attempt: attempt, executor: incarnation, status: .failed(failure)))
    }
  }

  /// Looks for ends now and then, as long as tries wait: they are told together, and none waits for one that takes long.
  private func sweep() {
    guard sweeper == nil else { return }
    sweeper = begin { [weak self, services] in
      repeat {
        guard (try? await services.context.time.sleep(for: services.limits.statusWait)) != nil else { return }
      } while await self?.look() == true
    }
  }

  /// Returns whether it is worth to look again.
  private func look() -> Bool {
    collect()
    if desk.hasWaiting, end == nil { return true }
    sweeper = nil
    return false
  }

  /// Takes in which tries have ended.
  private func collect() {
    for ended in desk.take() { self.ended(ended) }
  }

  /// A try has ended: what it holds is freed, then its end is told until the driver has noted it.
  private func ended(_ ended: TaskDesk.Ended) {
    reapers.removeValue(forKey: ended.update.attempt)?.cancel()
    guard ended.task.hasUsedStores else { return tell(ended.update) }
    begin { [weak self, services] in
      await services.stores.ended(ended.update.attempt)
      await self?.tell(ended.update)
    }
  }

  private func tell(_ update: StatusUpdate) {
    guard end == nil else { return }
    services.driver.request(.updateStatus(update)) { [weak self] answer in
      guard case .failure(let error) = answer, let self else { return }
      self.assumeIsolated { $0.tellAgain(update, after: error) }
    }
  }

  /// The driver may not have noted an end.
  private func tellAgain(_ update: StatusUpdate, after error: FlintError) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.endToldOnce), error.code == .deadlineExceeded || error.code == .resourceExhausted { return }
    #endif
    switch error.code {
    case .deadlineExceeded:
      services.context.log.warning("the driver has not noted the end of \(update.attempt); it is told again")
      tell(update)
    case .resourceExhausted:
      begin { [weak self, services] in
        do {
          _ = try await services.driver.request(.updateStatus(update))
        } catch {
          await self?.tellAgain(update, after: error as? FlintError ?? RemoteError(error).error)
        }
      }
    case .connectionLost: finish(.driverLost(error))
    // A driver that no longer knows this incarnation says so here.
    default: finish(.refused(error))
    }
  }

  /// The driver wants a try to end. It does so at its next batch; if it does not, everything does.
  private func end(_ attempt: TaskAttempt, because reason: String) {
    switch desk.find(attempt) {
    case .nothing: break
    case .waiting(let task): tell(task.failed(.killed(attempt)))
    case .running(let running):
      guard !running.task.isKilled else { return }
      running.task.kill()
      running.work.cancel()
      reapers[attempt] = begin { [weak self, services] in
        guard (try? await services.context.time.sleep(for: services.limits.killWait)) != nil else { return }
        await self?.reap(attempt, reason)
      }
    }
  }

  private func reap(_ attempt: TaskAttempt, _ reason: String) {
    guard desk.runningAttempts.contains(attempt) else { return }
    finish(.stuck(attempt, reason: reason))
  }

  /// The driver has another use for what has not begun.
  private func giveBack() {
    for task in desk.takeWaiting() { tell(task.failed(.takenBack(task.attempt))) }
  }

  // MARK: The end

  /// Ends everything, as the driver's word does. Returns at once; `onEnd` is told.
  public func stop() {
    // What it has used since its last report; a driver that is gone does not want to know.
    if end == nil { try? sendReport() }
    finish(.stopped)
  }

  /// Returns when no try runs any more and the stores are closed, after the end.
  public func drained() async {
    await desk.rest()
    while let first = chores.keys.min(), let chore = chores[first] { await chore.value }
    await services.stores.close()
  }

  /// Starts something on the control loop that ``drained()`` waits for.
  @discardableResult
  private func begin(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    choreCount += 1
    let number = choreCount
    let chore = Task(executorPreference: services.context.executors.control) { [weak self] in
      await work()
      await self?.finished(number)
    }
    chores[number] = chore
    return chore
  }

  private func finished(_ chore: UInt64) { chores[chore] = nil }

  private func finish(_ end: ExecutorEnd) {
    guard self.end == nil else { return }
    self.end = end
    heartbeat?.cancel()
    sweeper?.cancel()
    for running in desk.close() {
      running.task.kill()
      running.work.cancel()
    }
    for (_, reaper) in reapers.sorted(by: { $0.key < $1.key }) { reaper.cancel() }
    reapers = [:]
    stages = [:]
    services.context.log.debug("\(incarnation) ends: \(end)")
    onEnd(end)
  }
}
