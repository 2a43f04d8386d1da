internal import FlintCore

/// Every executor with its slots, and a list of those that have one to give.
///
/// The list runs from the executor that was given something longest ago, so that tasks spread over all of them. Taking and
/// giving back a slot cost the same however many there are.
struct SlotTable: Sendable {
  private(set) var owners: [SlotOwner] = []
  private(set) var slots: [TaskSlot] = []
  /// Slots that could be taken now.
  private(set) var freeCount = 0
  /// Slots of executors that take tasks, taken or not.
  private(set) var takingCount = 0
  /// Executors that take tasks.
  private(set) var takingOwners = 0
  /// The first and the last executor that has a slot to give.
  private(set) var first = TaskSlot.none
  private var last = TaskSlot.none
  private var indexOf: [ExecutorIncarnation: Int] = [:]
  private var nodeSizes: [NodeID: Int] = [:]
  /// Places of executors that are gone, by their number of slots.
  private var vacant: [Int: [Int]] = [:]

  /// How many executors are there.
  var ownerCount: Int { indexOf.count }

  func index(of executor: ExecutorIncarnation) -> Int? { indexOf[executor] }

  func isPresent(_ node: NodeID) -> Bool { nodeSizes[node] != nil }

  /// Slots of the executors that stay, taken or not: what there will be when silence and exclusions end.
  var stayingCount: Int { owners.reduce(0) { $0 + ($1.stays ? Int($1.slotCount) : 0) } }

  // MARK: Executors

  /// Adds an executor that is not there; returns its index.
  mutating func add(_ executor: ExecutorIncarnation, node: NodeID, slotCount: Int, at now: Int64) -> Int {
    precondition(indexOf[executor] == nil && slotCount > 0, "\(executor) is there, or has \(slotCount) slots")
    let index: Int
    if let free = vacant[slotCount]?.popLast() {
      index = free
    } else {
      index = owners.count
      slots.append(contentsOf: (0..<slotCount).map { _ in TaskSlot(executor: UInt32(index)) })
    }
    let firstSlot = index < owners.count ? Int(owners[index].firstSlot) : slots.count - slotCount
    let owner = SlotOwner(
      executor, node: node, firstSlot: UInt32(firstSlot), slotCount: UInt32(slotCount), freeSince: now)
    if index < owners.count { owners[index] = owner } else { owners.append(owner) }
    for slot in owner.slots { slots[slot].next = slot + 1 < owner.slots.upperBound ? UInt32(slot + 1) : TaskSlot.none }
    indexOf[executor] = index
    nodeSizes[node, default: 0] += 1
    freeCount += slotCount
    takingCount += slotCount
    takingOwners += 1
    list(index)
    return index
  }

  /// Forgets an executor whose slots have all been given back.
  mutating func remove(_ index: Int) {
    precondition(owners[index].freeCount == owners[index].slotCount, "\(owners[index].incarnation) runs tasks")
    change(index) { $0.isPresent = false }
    let owner = owners[index]
    indexOf[owner.incarnation] = nil
    let rest = (nodeSizes[owner.node] ?? 1) - 1
    nodeSizes[owner.node] = rest == 0 ? nil : rest
    vacant[Int(owner.slotCount), default: []].append(index)
  }

  /// Changes whether an executor takes tasks.
  mutating func change(_ index: Int, _ body: (inout SlotOwner) -> Void) {
    let didTake = owners[index].takesTasks
    body(&owners[index])
    let (owner, sign) = (owners[index], owners[index].takesTasks ? 1 : -1)
    guard didTake != owner.takesTasks else { return }
    freeCount += sign * Int(owner.freeCount)
    takingCount += sign * Int(owner.slotCount)
    takingOwners += sign
    if owner.takesTasks, owner.freeCount > 0 { list(index) } else { unlist(index) }
  }

  // MARK: Slots

  /// Gives a free slot to a try at a task; returns the slot.
  @inline(__always)
  mutating func take(_ index: Int, book: Int, task: UInt32, attempt: UInt32, at now: Int64) -> UInt32 {
    let slot = owners[index].firstFree
    owners[index].firstFree = slots[Int(slot)].next
    owners[index].freeCount -= 1
    freeCount -= 1
    slots[Int(slot)].startedAt = now
    slots[Int(slot)].book = UInt32(truncatingIfNeeded: book)
    slots[Int(slot)].task = task
    slots[Int(slot)].attempt = attempt
    slots[Int(slot)].next = TaskSlot.none
    slots[Int(slot)].isBeingKilled = false
    unlist(index)
    if owners[index].freeCount > 0 { list(index) }
    return slot
  }

  /// Takes a slot back from a try that is over; returns whose it is.
  @inline(__always)
  mutating func giveBack(_ slot: UInt32, at now: Int64) -> Int {
    precondition(!slots[Int(slot)].isFree, "slot \(slot) is given back twice")
    let index = Int(slots[Int(slot)].executor)
    slots[Int(slot)].book = TaskSlot.none
    slots[Int(slot)].next = owners[index].firstFree
    owners[index].firstFree = slot
    owners[index].freeCount += 1
    if owners[index].freeCount == 1 { owners[index].freeSince = now }
    if owners[index].takesTasks {
      freeCount += 1
      if !owners[index].isListed { list(index) }
    }
    return index
  }

  mutating func link(_ slot: UInt32, to other: UInt32) {
    slots[Int(slot)].next = other
  }

  mutating func markKilled(_ slot: Int) {
    slots[slot].isBeingKilled = true
  }

  // MARK: The list

  private mutating func list(_ index: Int) {
    owners[index].isListed = true
    owners[index].before = last
    owners[index].after = TaskSlot.none
    if last == TaskSlot.none { first = UInt32(index) } else { owners[Int(last)].after = UInt32(index) }
    last = UInt32(index)
  }

  private mutating func unlist(_ index: Int) {
    guard owners[index].isListed else { return }
    owners[index].isListed = false
    let (before, after) = (owners[index].before, owners[index].after)
    if before == TaskSlot.none { first = after } else { owners[Int(before)].after = after }
    if after == TaskSlot.none { last = before } else { owners[Int(after)].before = before }
  }
}
