/// What the scheduler keeps of one task: eight bytes, since there may be millions.
struct TaskRecord: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// It is to be started.
    static let pending = Flags(rawValue: 1)
    /// Its result is there.
    static let done = Flags(rawValue: 2)
    /// A failure of it spoke against an executor.
    static let blames = Flags(rawValue: 4)
    /// It waits for a second try beside the first.
    static let slow = Flags(rawValue: 8)
    /// A second try was started beside the first, and one of them runs still.
    static let twinned = Flags(rawValue: 16)
  }

  /// The slot of the try that was started last, of those that run; its twin follows from there.
  var slot = SlotID.none
  /// How many tries have been started.
  var tries: UInt16 = 0
  /// How many of them failed so that it counts.
  var failures: UInt8 = 0
  var flags: Flags = .pending

  var isPending: Bool { flags.contains(.pending) }
  var isDone: Bool { flags.contains(.done) }
  var runs: Bool { slot != .none }
}
