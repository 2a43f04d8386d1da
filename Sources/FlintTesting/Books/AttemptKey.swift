/// A try at a task, as the event log names it.
package struct AttemptKey: Hashable, Sendable, CustomStringConvertible {
  let stage: Int
  let stageAttempt: Int
  let partition: Int
  let attempt: Int

  package var description: String { "stage \(stage).\(stageAttempt) partition \(partition) attempt \(attempt)" }
}
