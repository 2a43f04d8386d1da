package import FlintCore

/// The last word of a process whose code trapped.
package struct TrapReport: Hashable, Sendable {
  /// The signal's number.
  package let signal: Int32
  /// The try at a task that the trapping thread ran; nil when it ran none.
  package let attempt: TaskAttempt?
}

extension TrapReport {
  /// Reads what `flint_trap_report` of `CFlint` has written: 40 bytes.
  init(body: ArraySlice<UInt8>) {
    signal = body.number(at: 0, as: Int32.self)
    let stage = StageAttempt(stage: StageID(rawValue: body.number(at: 8)), number: body.number(at: 16))
    let task = TaskID(stage: stage, partition: PartitionID(rawValue: body.number(at: 24)))
    attempt = body.number(at: 4, as: UInt32.self) == 0 ? nil : TaskAttempt(task: task, number: body.number(at: 20))
  }
}
