import FlintCore

/// Short names for the cast of the traces.
let (e0, e1, e2) = (executor(0), executor(1), executor(2))
let (n0, n1) = (NodeID(rawValue: 0), NodeID(rawValue: 1))
let (p0, p1, p2) = (PartitionID(rawValue: 0), PartitionID(rawValue: 1), PartitionID(rawValue: 2))
let (s1, s2) = (ShuffleID(rawValue: 1), ShuffleID(rawValue: 2))

/// The first life of an executor, or a later one.
func executor(_ number: UInt64, life: UInt64 = 0) -> ExecutorIncarnation {
  ExecutorIncarnation(executor: ExecutorID(rawValue: number), number: life)
}

/// A try at the task of one partition of a stage.
func attempt(
  _ partition: PartitionID, _ number: UInt32 = 0, stage: UInt64 = 0, stageAttempt: UInt32 = 0
) -> TaskAttempt {
  TaskAttempt(
    task: TaskID(
      stage: StageAttempt(stage: StageID(rawValue: stage), number: stageAttempt), partition: partition),
    number: number)
}

func seconds(_ seconds: Double) -> MonotonicInstant { MonotonicInstant(nanoseconds: Int64(seconds * 1e9)) }
