internal import FlintCore
internal import FlintWire

/// Messages whose content follows from their number, so that whoever gets one can tell whether it is what was sent.
enum TransportContent {
  static let blockLength = 3000

  static func bytes(_ number: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: Int(truncatingIfNeeded: number) &* 31 &+ $0 &* 7 &+ $0 / 256) }
  }

  static func attempt(_ number: UInt64) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 0)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: number)), number: 0)
  }

  static func launch(_ number: UInt64, for executor: ExecutorIncarnation) -> Message {
    .launchTask(
      TaskDescription(
        job: JobID(rawValue: number), attempt: attempt(number), executor: executor, epoch: MapOutputEpoch(rawValue: 0),
        inputs: [], payload: bytes(number, count: Int(number % 200))))
  }

  /// The number of a launch, when its content is right.
  static func number(of launch: TaskDescription) -> UInt64? {
    let number = launch.job.rawValue
    return .launchTask(launch) == self.launch(number, for: launch.executor) ? number : nil
  }

  static func status(_ number: UInt64, of executor: ExecutorIncarnation) -> StatusUpdate {
    StatusUpdate(
      attempt: attempt(number), executor: executor,
      status: .finished(result: bytes(number, count: Int(number % 300))))
  }

  static func block(_ number: UInt64) -> BlockID {
    .broadcast(BroadcastID(rawValue: number), piece: 0)
  }
}
