import FlintCore
import FlintWire

/// Messages that tests send.
enum TransportSamples {
  static func attempt(_ partition: UInt64) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 0)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: partition)), number: 0)
  }

  static let report = report(0)

  static func report(_ number: UInt64) -> Message {
    .reportExecutor(ExecutorReport(executor: TestNode.executor, number: number, running: [], memoryUsed: 0))
  }

  static let block = BlockID.broadcast(BroadcastID(rawValue: 3), piece: 0)
  static let fetch = Message.fetchBlock(BlockRequest(block: block, offset: 0, length: 10))
}

extension TransportSamples {
  static func task(_ number: UInt64, _ payload: [UInt8]) -> TaskDescription {
    TaskDescription(
      job: JobID(rawValue: 1), attempt: attempt(number), executor: TestNode.executor,
      epoch: MapOutputEpoch(rawValue: 0),
      inputs: [], payload: payload)
  }
}
