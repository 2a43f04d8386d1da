import FlintCore

/// One life of an executor of the model.
struct ModelExecutor {
  let id: ExecutorIncarnation
  let node: NodeID
  let slotCount: Int
  var isAlive = true
  /// Until when it stands still.
  var frozenUntil: Int64 = 0
  /// Until when the driver does not hear it.
  var mutedUntil: Int64 = 0
  /// When the last command that was sent arrives: commands come in order.
  var lastCommand: Int64 = 0
  var tasks: [TaskAttempt: ModelTask] = [:]
  /// What it was sent before it had a slot, in that order.
  var waiting: [TaskDescription] = []
  /// Map outputs in its memory, by the try that wrote them.
  var outputs: [TaskAttempt: Int] = [:]
  /// Partitions that it keeps, and the computation that gave them.
  var kept: [KeptKey: Int] = [:]
}
