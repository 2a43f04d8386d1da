internal import FlintCore

extension TaskScheduler {
  /// The limits in the form in which they are compared.
  struct Rules: Sendable {
    let attempts: UInt8
    let starts: UInt16
    let localityWait: Int64
    let killWait: Int64
    let barrierWait: Int64
    let excludedWait: Int64
    let lookInterval: Int64
    let ahead: Int
    let aheadTime: Int64
    let aheadPatience: Int64

    init(_ limits: Limits) {
      attempts = UInt8(clamping: limits.taskAttempts)
      starts = min(UInt16(clamping: limits.taskStarts), TaskSlot.attemptLimit)
      localityWait = min(max(1, limits.localityWait.nanoseconds), .max / 4)
      killWait = limits.killWait.nanoseconds
      barrierWait = limits.barrierWait.nanoseconds
      excludedWait = limits.excludedWait.nanoseconds
      lookInterval = limits.speculationInterval.nanoseconds
      ahead = min(limits.tasksAhead, SlotID.limit)
      aheadTime = limits.aheadTime.nanoseconds
      aheadPatience = limits.aheadPatience.nanoseconds
    }
  }

  /// A failure that spoke against an executor.
  struct Blame: Sendable {
    let attempt: TaskAttempt
    let failure: TaskFailure
  }

  /// A try that was told to end, and until when it may take.
  struct Kill: Sendable {
    let attempt: TaskAttempt
    let slot: SlotID
    let deadline: Int64
  }
}
