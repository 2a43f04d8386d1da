internal import FlintCore

/// What the slots' table knows of an executor.
struct SlotOwner: Sendable {
  let incarnation: ExecutorIncarnation
  let node: NodeID
  /// Its slots stand one behind another, from here on.
  let firstSlot: UInt32
  let slotCount: UInt32
  var freeCount: UInt32
  var firstFree: UInt32
  /// Its neighbours among those that have a free slot to give.
  var before = TaskSlot.none
  var after = TaskSlot.none
  /// Since when it has had a free slot, in nanoseconds.
  var freeSince: Int64
  var isPresent = true
  var isListed = false
  var isSuspect = false
  var isDraining = false
  /// Failures keep it out for a while.
  var isExcluded = false
  /// It is to be ended for a task that would not end.
  var isCondemned = false

  init(_ incarnation: ExecutorIncarnation, node: NodeID, firstSlot: UInt32, slotCount: UInt32, freeSince: Int64) {
    self.incarnation = incarnation
    self.node = node
    self.firstSlot = firstSlot
    self.slotCount = slotCount
    freeCount = slotCount
    firstFree = firstSlot
    self.freeSince = freeSince
  }

  var takesTasks: Bool { isPresent && !isSuspect && !isDraining && !isExcluded && !isCondemned }
  /// Whether it stays: it runs tasks now, or will do so again.
  var stays: Bool { isPresent && !isDraining && !isCondemned }
  var slots: Range<Int> { Int(firstSlot)..<Int(firstSlot + slotCount) }
}
