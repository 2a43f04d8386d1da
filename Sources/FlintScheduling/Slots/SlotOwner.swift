internal import FlintCore

/// What the slots' table needs of an executor at each launch and each end, in 32 bytes.
struct SlotOwner: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// It is gone; its place will be used again.
    static let gone = Flags(rawValue: 1)
    static let suspect = Flags(rawValue: 2)
    static let draining = Flags(rawValue: 4)
    /// Failures keep it out for a while.
    static let excluded = Flags(rawValue: 8)
    /// It is to be ended for a task that would not end.
    static let condemned = Flags(rawValue: 16)
    /// It stands in the list of those that have a slot to give.
    static let listed = Flags(rawValue: 32)
    /// What keeps tasks away.
    static let obstacles: Flags = [.gone, .suspect, .draining, .excluded, .condemned]
    /// What keeps them away for good.
    static let leaving: Flags = [.gone, .draining, .condemned]
  }

  let incarnation: ExecutorIncarnation
  let slotCount: UInt16
  var freeCount: UInt16
  var firstFree: UInt16 = 0
  var flags: Flags = []

  init(_ incarnation: ExecutorIncarnation, slotCount: UInt16) {
    self.incarnation = incarnation
    self.slotCount = slotCount
    freeCount = slotCount
  }

  var takesTasks: Bool { flags.isDisjoint(with: .obstacles) }
  /// Whether it has a slot for a new task.
  var isFree: Bool { freeCount > 0 && takesTasks }
  /// Whether it runs tasks now, or will do so again.
  var stays: Bool { flags.isDisjoint(with: .leaving) }
  var isIdle: Bool { freeCount == slotCount }
}
