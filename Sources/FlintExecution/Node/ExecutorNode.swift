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
  private var running: [TaskAttempt: RunningWork] = [:]
  private var reportCount: UInt64 = 0
  private var memoryUsed: UInt64 = 0
  private var heartbeat: Task<Void, Never>?
  /// What goes on beside the tries, by number: nothing of it may come to the loop after the end.
  private var chores: [UInt64: Task<Void, Never>] = [:]
  private var choreCount: UInt64 = 0
  private var end: ExecutorEnd?

  /// One try that runs.
  private struct RunningWork {
    let context: RunningTask
    var work: Task<Void, Never>?
    var reaper: Task<Void, Never>?
  }

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
  }

  /// Which tries run now, for tests and reports.
  public var runningAttempts: [TaskAttempt] { running.keys.sorted() }

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
      executor: incarnation, number: reportCount, running: running.keys.sorted(), memoryUsed: memoryUsed,
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
    case .removeBlocks(let removal): remove(removal.blocks)
    case .stopExecutor(let stop): if stop.executor == incarnation { self.stop() }
    case .echo, .echoed, .registerExecutor, .executorRegistered, .reportExecutor, .updateStatus, .statusNoted,
      .askCommit,
      .answerCommit, .askMapOutputs, .answerMapOutputs, .blockStored, .blockDropped, .askBlock, .answerBlock,
      .askPeers, .answerPeers, .fetchBlock, .sendBlock, .copyBlock, .blockCopied:
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
      let context = try RunningTask(description, services)
      running[attempt] = RunningWork(context: context)
      // Without a hop when the stage is there: most tasks are not the first of their stage.
      let loaded = stage.loading(with: services)
      let threads = services.context.executors.tasks(for: context.meter)
      // Only what computes is on a task thread: to tell of its end takes several steps on the loop, and none wakes it.
      running[attempt]?.work = Task(executorPreference: services.context.executors.control) { [weak self] in
        let update = await withTaskExecutorPreference(threads) { await ExecutorNode.run(context, loaded) }
        guard let self else { return await context.services.stores.ended(update.attempt) }
        await self.ended(update)
      }
    } catch {
      let failure = FailureReport(kind: .threw(isRetryable: true), error: RemoteError(error))
      let update = StatusUpdate(attempt: attempt, executor: incarnation, status: .failed(failure))
      begin { await self.ended(update) }
    }
  }

  private nonisolated static func run(
    _ context: RunningTask, _ loading: Task<LoadedStage, any Error>
  ) async -> StatusUpdate {
    do {
      return await TaskRunner(task: context, stage: try await loading.value).run()
    } catch {
      // Its own tasks may do better: broadcasts come from others. Whether code fits is not a matter of tries.
      let isFinal = [.differentBuild, .corruptData, .layoutMismatch].contains((error as? FlintError)?.code)
      let failure = FailureReport(kind: .threw(isRetryable: !isFinal), error: RemoteError(error))
      return StatusUpdate(
        attempt: context.attempt, executor: context.description.executor, status: .failed(failure))
    }
  }

  /// A try has ended: what it holds is freed, then its end is told until the driver has noted it.
  private func ended(_ update: StatusUpdate) async {
    await services.stores.ended(update.attempt)
    let work = running.removeValue(forKey: update.attempt)
    work?.reaper?.cancel()
    choreCount += 1
    let chore = choreCount
    chores[chore] = work?.work
    defer { chores[chore] = nil }
    while end == nil {
      do {
        try await tell(update)
        break
      } catch is CancellationError {
        // The try was told to end while it told its end.
      } catch let error as FlintError where error.code == .deadlineExceeded {
        #if FLINT_PLANTED_RUNTIME
          if RuntimeBug.has(.endToldOnce) { break }
        #endif
        services.context.log.warning("the driver has not noted the end of \(update.attempt); it is told again")
      } catch {
        let error = error as? FlintError ?? RemoteError(error).error
        // A driver that no longer knows this incarnation says so here.
        finish(error.code == .connectionLost ? .driverLost(error) : .refused(error))
        return
      }
    }
  }

  private func tell(_ update: StatusUpdate) async throws {
    guard Task.isCancelled else {
      _ = try await services.driver.request(.updateStatus(update))
      return
    }
    // A try that was told to end tells its end, too; its own Swift task can ask for nothing any more.
    let telling = Task(executorPreference: services.context.executors.control) { [services] in
      try await services.driver.request(.updateStatus(update))
    }
    _ = try await telling.value
  }

  /// The driver wants a try to end. It does so at its next batch; if it does not, everything does.
  private func end(_ attempt: TaskAttempt, because reason: String) {
    guard let work = running[attempt], !work.context.isKilled else { return }
    work.context.kill()
    work.work?.cancel()
    running[attempt]?.reaper = begin { [weak self, services] in
      guard (try? await services.context.time.sleep(for: services.limits.killWait)) != nil else { return }
      await self?.reap(attempt, reason)
    }
  }

  private func reap(_ attempt: TaskAttempt, _ reason: String) {
    guard running[attempt] != nil else { return }
    finish(.stuck(attempt, reason: reason))
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
    while let work = running.values.first(where: { $0.work != nil })?.work { await work.value }
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
    for (_, work) in running.sorted(by: { $0.key < $1.key }) {
      work.context.kill()
      work.work?.cancel()
      work.reaper?.cancel()
    }
    stages = [:]
    services.context.log.debug("\(incarnation) ends: \(end)")
    onEnd(end)
  }
}
