internal import FlintCore
package import FlintWire

extension WireGenerator {
  /// A message of any kind.
  package mutating func message() -> Message {
    message(MessageKind.allCases[below(MessageKind.allCases.count)])
  }

  /// A message of `kind`.
  package mutating func message(_ kind: MessageKind) -> Message {
    switch kind {
    case .echo: .echo(bytes())
    case .echoed: .echoed(bytes())
    case .registerExecutor, .executorRegistered, .reportExecutor, .stopExecutor: executorMessage(kind)
    case .describeStage: .describeStage(StageDescription(stage: id(), program: bytes()))
    case .forgetStages: .forgetStages(StageRemoval(stages: array { $0.id() }))
    case .launchTask, .killTask, .recallTasks, .updateStatus, .statusNoted, .askCommit, .answerCommit: taskMessage(kind)
    case .askMapOutputs:
      .askMapOutputs(MapOutputQuestion(shuffle: id(), reduce: id(), epoch: id()))
    case .answerMapOutputs:
      .answerMapOutputs(
        MapOutputAnswer(
          shuffle: id(), reduce: id(), epoch: id(), missing: below(2) == 0 ? nil : id(), outputs: array { $0.output() })
      )
    case .inspect: .inspect
    case .inspected: .inspected(inspection())
    case .blockStored, .blockDropped, .askBlock, .answerBlock, .removeBlocks, .fetchBlock, .sendBlock:
      blockMessage(kind)
    case .askPeers, .answerPeers, .copyBlock, .blockCopied: copyMessage(kind)
    }
  }

  private mutating func inspection() -> Inspection {
    var inspection = Inspection(
      role: PeerRole.allCases[below(PeerRole.allCases.count)], name: text(), process: number())
    inspection.stages = array { $0.id() }
    inspection.attempts = array { $0.attempt() }
    inspection.blocks = array { $0.block() }
    (inspection.leases, inspection.holders) = (number(), number())
    (inspection.memoryUsed, inspection.connections) = (number(), number())
    return inspection
  }

  private mutating func executorMessage(_ kind: MessageKind) -> Message {
    switch kind {
    case .registerExecutor:
      .registerExecutor(
        ExecutorRegistration(
          executor: executor(), taskThreads: number(), memoryBytes: number(),
          blocks: below(2) == 0 ? nil : endpoint()))
    case .executorRegistered:
      .executorRegistered(RegistrationAnswer(application: id(), node: id(), epoch: id()))
    case .reportExecutor:
      .reportExecutor(
        ExecutorReport(
          executor: executor(), number: number(), running: array { $0.attempt() }, memoryUsed: number(),
          peakResident: number()))
    default: .stopExecutor(ExecutorStop(executor: executor()))
    }
  }

  private mutating func taskMessage(_ kind: MessageKind) -> Message {
    switch kind {
    case .launchTask:
      .launchTask(
        TaskDescription(
          job: id(), attempt: attempt(), executor: executor(), epoch: id(),
          inputs: array { TaskDescription.Input(shuffle: $0.id(), reduce: $0.id(), output: $0.output()) },
          kept: array { generator in
            TaskDescription.Kept(
              dataset: generator.id(), partition: generator.id(), places: generator.array { $0.place() })
          }, payload: bytes()))
    case .killTask: .killTask(TaskKill(attempt: attempt(), reason: text()))
    case .recallTasks: .recallTasks(TaskRecall(executor: executor()))
    case .updateStatus:
      .updateStatus(
        StatusUpdate(
          attempt: attempt(), executor: executor(), status: status(), metrics: metrics(),
          accumulators: array { AccumulatorReport(accumulator: $0.number(), update: $0.bytes()) }))
    case .statusNoted: .statusNoted
    case .askCommit: .askCommit(CommitQuestion(attempt: attempt(), executor: executor()))
    default: .answerCommit(CommitAnswer(attempt: attempt(), isAuthorised: below(2) == 0))
    }
  }

  private mutating func blockMessage(_ kind: MessageKind) -> Message {
    switch kind {
    case .blockStored:
      .blockStored(
        BlockStored(block: block(), place: place(), byteCount: number(), attempt: below(2) == 0 ? nil : attempt()))
    case .blockDropped: .blockDropped(BlockDropped(block: block(), executor: executor()))
    case .askBlock: .askBlock(BlockQuestion(block: block()))
    case .answerBlock: .answerBlock(BlockAnswer(block: block(), places: array { $0.place() }))
    case .removeBlocks: .removeBlocks(BlockRemoval(blocks: array { $0.block() }))
    case .fetchBlock: .fetchBlock(BlockRequest(block: block(), offset: number(), length: number()))
    default:
      .sendBlock(BlockHeader(block: block(), offset: number(), length: number(), checksum: number()))
    }
  }

  private mutating func copyMessage(_ kind: MessageKind) -> Message {
    switch kind {
    case .askPeers: .askPeers(BlockQuestion(block: block()))
    case .answerPeers: .answerPeers(BlockAnswer(block: block(), places: array { $0.place() }))
    case .copyBlock:
      .copyBlock(
        BlockCopy(
          block: block(), source: place(), attempt: attempt(), usesMemory: below(2) == 0, usesDisk: below(2) == 0))
    default: .blockCopied(BlockCopied(block: block(), isKept: below(2) == 0))
    }
  }

  private mutating func metrics() -> TaskMetrics {
    var metrics = TaskMetrics()
    metrics.rowsRead = number()
    metrics.shuffleBytesWritten = number()
    metrics.wallNanoseconds = number()
    return metrics
  }
}
