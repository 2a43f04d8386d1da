import FlintCore

/// Something that happens in the model at a time.
enum WorldEvent {
  case message(DriverMessage, from: ExecutorIncarnation)
  case command(ExecutorCommand, to: ExecutorIncarnation)
  case step(TaskAttempt, on: ExecutorIncarnation)
  case start(ExecutorID)
  case submit(Int)
  case cancel(JobID)
  /// Whoever starts executors has seen too many end before they were in service.
  case startsGaveUp
  case read(JobID, PartitionID, TaskAttempt)
  case nodeIsGone(NodeID)
  case heartbeats
  case wake
  case fault(Fault)
  case heal

  /// Whether it waits while the driver stands still.
  var isForDriver: Bool {
    switch self {
    case .message, .submit, .cancel, .startsGaveUp, .read, .nodeIsGone, .heartbeats, .wake: true
    case .command, .step, .start, .fault, .heal: false
    }
  }
}

/// What breaks.
enum Fault: CaseIterable {
  /// An executor dies; its connection closes, or nobody says anything.
  case crash, silentCrash
  /// An executor dies, and its successor registers before anybody has noticed.
  case replace
  /// An executor stands still for a while, or is not heard for a while.
  case freeze, mute
  /// A machine loses its power.
  case nodeCrash
  /// A map output or a kept partition vanishes.
  case loseOutput, dropKept
  /// The driver stands still.
  case freezeDriver
  case cancelJob, cancelGroup, cancelStage
  case drain
  case everybodyDies
}

/// An event in the queue. What happens at the same time happens in the seed's order.
struct Scheduled: Comparable {
  let time: Int64
  let tie: UInt64
  let event: WorldEvent

  static func < (left: Scheduled, right: Scheduled) -> Bool { (left.time, left.tie) < (right.time, right.tie) }

  static func == (left: Scheduled, right: Scheduled) -> Bool { left.time == right.time && left.tie == right.tie }
}
