import FlintCore
import FlintExecution
import FlintLibuv
import FlintLineage
import FlintTasks
import FlintWire
import Synchronization

/// One executor on this machine's seams, without connections: messages go in by calls, and come out at a driver that notes
/// them.
final class ExecutorBench: Sendable {
  let node: LibuvNode
  let driver: RecordingDriver
  let stores: any TaskStores
  let executor: ExecutorNode
  private let planner = Mutex(StagePlanner())

  convenience init(driver: RecordingDriver = RecordingDriver(), limits: Limits = Limits()) throws {
    let stores = MemoryStores(at: BlockPlace(node: NodeID(rawValue: 0), endpoint: .unix(path: "/nowhere")))
    self.init(try LibuvNode(name: "executor"), driver: driver, limits: limits, stores: stores)
  }

  init(
    _ node: LibuvNode, driver: RecordingDriver = RecordingDriver(), limits: Limits = Limits(), stores: any TaskStores
  ) {
    self.node = node
    self.driver = driver
    self.stores = stores
    executor = ExecutorNode(
      ExecutorBench.incarnation, context: node.context, driver: driver, stores: stores, memory: .mebibytes(64),
      blocks: nil, limits: limits, onEnd: { [ended] in ended.note($0) })
  }

  let ended = Ends()
  static let incarnation = ExecutorIncarnation(executor: ExecutorID(rawValue: 3), number: 1)

  /// Why the executor ended.
  final class Ends: Sendable {
    private let noted = Mutex<(all: [ExecutorEnd], waiters: [CheckedContinuation<Void, Never>])>(([], []))

    var all: [ExecutorEnd] { noted.withLock { $0.all } }

    func note(_ end: ExecutorEnd) {
      noted.withLock { noted in
        noted.all.append(end)
        for waiter in noted.waiters { waiter.resume() }
        noted.waiters = []
      }
    }

    func first() async -> ExecutorEnd {
      await withCheckedContinuation { waiter in
        noted.withLock { noted in
          if noted.all.isEmpty { noted.waiters.append(waiter) } else { waiter.resume() }
        }
      }
      return all[0]
    }
  }

  func send(_ messages: Message...) async {
    for message in messages { await executor.receive(message) }
  }

  /// Ends it, and returns whether nothing is left.
  func close() async -> Bool {
    await executor.stop()
    await executor.drained()
    let isEmpty =
      switch stores {
      case let stores as MemoryStores: stores.isEmpty
      case let stores as NodeStores: await stores.isEmpty
      default: false
      }
    await node.shutdown()
    return isEmpty
  }

  // MARK: Messages

  static func attempt(_ partition: UInt64, stage: UInt64 = 0, number: UInt32 = 0) -> TaskAttempt {
    TaskAttempt(
      task: TaskID(
        stage: StageAttempt(stage: StageID(rawValue: stage), number: 0), partition: PartitionID(rawValue: partition)),
      number: number)
  }

  static func launch(
    _ attempt: TaskAttempt, inputs: [TaskDescription.Input] = [], kept: [TaskDescription.Kept] = [],
    payload: [UInt8] = [],
    of executor: ExecutorIncarnation = incarnation
  ) -> Message {
    .launchTask(
      TaskDescription(
        job: JobID(rawValue: 1), attempt: attempt, executor: executor, epoch: MapOutputEpoch(rawValue: 0),
        inputs: inputs, kept: kept, payload: payload))
  }

  // MARK: Whole stages

  /// Runs every task of the stage that answers with the rows of `node`, and returns them by partition.
  func collect(
    _ node: LineageNode, inputs: [TaskDescription.Input] = [], kept: [TaskDescription.Kept] = []
  ) async throws -> [[Int]] {
    let stage = planner.withLock { $0.plan(node).result }
    let request = JobRequest(node, operation: NumberResult(), location: .here())
    let updates = try await run(stage, try StageProgram(of: stage, answering: request), inputs, kept)
    return try updates.map { update in
      guard case .finished(let result) = update.status else {
        throw FlintError(.taskFailed, "\(update.status)")
      }
      return try RowCodec(Int.self).rows(result)
    }
  }

  /// Runs every task of the stage that writes what `reader` reads, and returns what its tasks are to read.
  func write(for reader: LineageNode) async throws -> [TaskDescription.Input] {
    let shuffle = reader.shuffles[0]
    let stage = planner.withLock { $0.plan(reader).stages[0] }
    let updates = try await run(stage, try StageProgram(of: stage, writing: shuffle), [], [])
    return try updates.flatMap { update in
      guard case .wrote(let report) = update.status else { throw FlintError(.taskFailed, "\(update.status)") }
      return (0..<report.rowCounts.count).map { reader in
        TaskDescription.Input(
          shuffle: shuffle.id, reduce: PartitionID(rawValue: UInt64(reader)),
          output: MapOutputEntry(
            map: update.attempt, place: report.place, byteCount: report.byteCounts[reader],
            rowCount: report.rowCounts[reader]))
      }
    }
  }

  private func run(
    _ stage: Stage, _ program: StageProgram, _ inputs: [TaskDescription.Input], _ kept: [TaskDescription.Kept]
  ) async throws -> [StatusUpdate] {
    let before = driver.updates.count
    let payloads = TaskPayloads(of: stage)
    await send(.describeStage(StageDescription(stage: stage.id, program: program.bytes)))
    for partition in stage.node.allPartitions {
      await send(
        ExecutorBench.launch(
          ExecutorBench.attempt(partition.rawValue, stage: stage.id.rawValue), inputs: inputs, kept: kept,
          payload: try payloads.payload(partition)))
    }
    let updates = await driver.updates(before + stage.taskCount)[before...]
    return updates.sorted { $0.attempt < $1.attempt }
  }
}
