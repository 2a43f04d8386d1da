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
    /// What waits there was asked back, and something waits there still.
    static let recalled = Flags(rawValue: 64)
    /// What keeps tasks away.
    static let obstacles: Flags = [.gone, .suspect, .draining, .excluded, .condemned]
    /// What keeps them away for good.
    static let leaving: Flags = [.gone, .draining, .condemned]
  }

  let incarnation: ExecutorIncarnation
  /// How many tries it runs at once.
  let slotCount: UInt16
  /// How many it may have in all, those that wait until another one ends included.
  let room: UInt16
  var heldCount: UInt16 = 0
  var firstFree: UInt16 = 0
  var flags: Flags = []

  init(_ incarnation: ExecutorIncarnation, slotCount: UInt16, room: UInt16) {
    self.incarnation = incarnation
    self.slotCount = slotCount
    self.room = room
  }

  /// How many more tries it could run at once.
  var freeCount: UInt16 { heldCount < slotCount ? slotCount - heldCount : 0 }
  /// How many tries wait there.
  var waitingCount: UInt16 { heldCount > slotCount ? heldCount - slotCount : 0 }
  var takesTasks: Bool { flags.isDisjoint(with: .obstacles) }
  /// Whether it has a slot for a new task.
  var isFree: Bool { heldCount < slotCount && takesTasks }
  /// Whether a new task could wait there.
  var hasRoomAhead: Bool { heldCount < room && takesTasks && !flags.contains(.recalled) }
  /// Whether it runs tasks now, or will do so again.
  var stays: Bool { flags.isDisjoint(with: .leaving) }
  var isIdle: Bool { heldCount == 0 }
}
