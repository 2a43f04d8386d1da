internal import FlintCore

/// Every executor with its slots, and a list of those that have one to give.
///
/// A try that waits on its executor until another one ends holds a slot as well: an executor has a few more than it runs tries
/// at once. Which of its tries wait only the executor knows.
///
/// The list runs from the executor that was given something longest ago, so that tasks spread over all of them. Taking and
/// giving back a slot cost the same however many there are, and touch as little memory as can be: on a large cluster each end is
/// somebody else's, and what it costs is what it misses in the cache.
struct SlotTable: Sendable {
  /// What is needed of an executor only while it has a free slot.
  private struct Listing: Sendable {
    let node: NodeID
    /// Since when it has had a free slot, in nanoseconds.
    var freeSince: Int64
    var before = SlotTable.nobody
    var after = SlotTable.nobody
  }

  /// Stands for no executor.
  static let nobody = Int32(-1)

  private(set) var owners: [SlotOwner] = []
  private var listings: [Listing] = []
  /// Room for as many slots as the largest executor has, for each, so that a slot is found without looking at its executor:
  /// an application's executors are of one size.
  private var slots: [TaskSlot] = []
  /// When each slot's task was started, in nanoseconds, if somebody wants to know.
  private var starts: [Int64] = []
  /// The room of one executor is two to this.
  private var roomBits = 0
  private let keepsStarts: Bool
  /// How many tries may wait on an executor.
  private let ahead: Int
  /// For each executor, when a try ended there last, or one came while it had none, in nanoseconds.
  private var moves: [Int64] = []
  /// Tries that wait on executors.
  private(set) var waitingCount = 0
  /// Slots that could be taken now.
  private(set) var freeCount = 0
  /// Slots of executors that take tasks, taken or not.
  private(set) var takingCount = 0
  /// The first and the last executor that has a slot to give.
  private(set) var first = SlotTable.nobody
  private var last = SlotTable.nobody
  private var indexOf: [ExecutorIncarnation: Int] = [:]
  private var nodeSizes: [NodeID: Int] = [:]
  /// For each slot whose task is tried in another one too, that one. They are few.
  private var twins: [SlotID: SlotID] = [:]
  /// Places of executors that are gone.
  private var vacant: [Int] = []

  /// A table without executors, on each of which so many tries may wait.
  init(keepsStarts: Bool, ahead: Int) {
    self.keepsStarts = keepsStarts
    self.ahead = ahead
  }

  // MARK: Questions

  /// How many executors are there.
  var ownerCount: Int { indexOf.count }
  /// How many slots were ever there at once, about.
  var slotCount: Int { slots.count }

  func index(of executor: ExecutorIncarnation) -> Int? { indexOf[executor] }

  func isPresent(_ node: NodeID) -> Bool { nodeSizes[node] != nil }

  func node(of owner: Int) -> NodeID { listings[owner].node }

  /// Since when the executor has had a free slot; nil when it has just given one back.
  func freeSince(_ owner: Int) -> Int64? {
    owners[owner].flags.contains(.listed) ? listings[owner].freeSince : nil
  }

  /// The executor that follows in the list.
  func following(_ owner: Int32) -> Int32 { listings[Int(owner)].after }

  /// Slots of the executors that stay, taken or not: what there will be when silence and exclusions end.
  var stayingCount: Int { owners.reduce(0) { $0 + ($1.stays ? Int($1.slotCount) : 0) } }

  /// The slot of the other try at the same task.
  func twin(of slot: SlotID) -> SlotID { twins.isEmpty ? .none : twins[slot] ?? .none }

  subscript(slot: SlotID) -> TaskSlot { slots[position(of: slot)] }

  func start(of slot: SlotID) -> Int64 { starts[position(of: slot)] }

  /// Since when the executor has ended nothing that it had.
  func lastMove(of owner: Int) -> Int64 { moves[owner] }

  /// The executor's slots that hold a try.
  func taken(of owner: Int) -> [SlotID] {
    (0..<owners[owner].room).map { SlotID(owner: owner, position: $0) }.filter { !self[$0].isFree }
  }

  /// The slots that tries of one set hold.
  func taken(by book: Int) -> [SlotID] {
    owners.indices.flatMap { owner in
      owners[owner].isIdle ? [] : taken(of: owner).filter { self[$0].book == UInt32(book) }
    }
  }

  // MARK: Executors

  /// Adds an executor that is not there; returns its index.
  mutating func add(_ executor: ExecutorIncarnation, node: NodeID, slotCount: Int, at now: Int64) -> Int {
    precondition(indexOf[executor] == nil, "\(executor) is there already")
    precondition((1...SlotID.limit).contains(slotCount), "\(executor) has \(slotCount) slots")
    let places = min(slotCount + ahead, SlotID.limit)
    makeRoom(places)
    let owner = SlotOwner(executor, slotCount: UInt16(slotCount), room: UInt16(places))
    let index = vacant.popLast() ?? owners.count
    let room = (1...UInt16(1 << roomBits)).map(TaskSlot.init(nextFree:))
    if index < owners.count {
      owners[index] = owner
      listings[index] = Listing(node: node, freeSince: now)
      moves[index] = now
      slots.replaceSubrange(index << roomBits..<(index + 1) << roomBits, with: room)
    } else {
      owners.append(owner)
      listings.append(Listing(node: node, freeSince: now))
      moves.append(now)
      slots += room
      if keepsStarts { starts += room.map { _ in now } }
    }
    indexOf[executor] = index
    nodeSizes[node, default: 0] += 1
    freeCount += slotCount
    takingCount += slotCount
    list(index, at: now)
    return index
  }

  /// Forgets an executor whose slots have all been given back.
  mutating func remove(_ index: Int) {
    precondition(owners[index].isIdle, "\(owners[index].incarnation) runs tasks")
    change(index, .gone, to: true, at: 0)
    indexOf[owners[index].incarnation] = nil
    let node = listings[index].node
    let rest = (nodeSizes[node] ?? 1) - 1
    nodeSizes[node] = rest == 0 ? nil : rest
    vacant.append(index)
  }

  /// Moves the slots apart when an executor has more than any before it.
  private mutating func makeRoom(_ slotCount: Int) {
    let bits = Int.bitWidth - (slotCount - 1).leadingZeroBitCount
    guard bits > roomBits else { return }
    let (old, oldStarts, oldBits) = (slots, starts, roomBits)
    roomBits = bits
    slots = Array(repeating: TaskSlot(nextFree: 0), count: owners.count << bits)
    starts = keepsStarts ? Array(repeating: 0, count: slots.count) : []
    for index in old.indices {
      let position = (index >> oldBits) << bits | index & (1 << oldBits - 1)
      slots[position] = old[index]
      if keepsStarts { starts[position] = oldStarts[index] }
    }
  }

  /// Changes whether an executor takes tasks.
  mutating func change(_ index: Int, _ flag: SlotOwner.Flags, to value: Bool, at now: Int64) {
    let didTake = owners[index].takesTasks
    if value { owners[index].flags.insert(flag) } else { owners[index].flags.remove(flag) }
    let takes = owners[index].takesTasks
    guard didTake != takes else { return }
    let sign = takes ? 1 : -1
    freeCount += sign * Int(owners[index].freeCount)
    takingCount += sign * Int(owners[index].slotCount)
    if takes { list(index, at: now) } else { unlist(index) }
  }

  // MARK: Slots

  /// Gives a free slot to a try at a task; returns the slot.
  @inline(__always)
  mutating func take(_ index: Int, book: Int, task: UInt32, attempt: UInt16, at now: Int64) -> SlotID {
    let slot = SlotID(owner: index, position: owners[index].firstFree)
    let position = position(of: slot)
    owners[index].firstFree = slots[position].nextFree
    if owners[index].heldCount < owners[index].slotCount { freeCount -= 1 } else { waitingCount += 1 }
    if owners[index].heldCount == 0 { moves[index] = now }
    owners[index].heldCount += 1
    slots[position] = TaskSlot(book: book, task: task, attempt: attempt)
    if keepsStarts { starts[position] = now }
    if owners[index].flags.contains(.listed) {
      // To the end of the list, if it stays on it.
      unlist(index)
      if owners[index].freeCount > 0 { append(index) }
    }
    return slot
  }

  /// Takes a slot back from a try that is over. Its executor is put on the list by ``list(_:at:)``, when whoever gave the slot
  /// back has no other use for it.
  @inline(__always)
  mutating func giveBack(_ slot: SlotID) {
    let (index, position) = (slot.owner, position(of: slot))
    precondition(owners[index].heldCount > 0, "a slot is given back twice")
    slots[position] = TaskSlot(nextFree: owners[index].firstFree)
    owners[index].firstFree = slot.position
    owners[index].heldCount -= 1
    if owners[index].heldCount >= owners[index].slotCount {
      waitingCount -= 1
    } else if owners[index].takesTasks {
      freeCount += 1
    }
    if owners[index].heldCount <= owners[index].slotCount { owners[index].flags.remove(.recalled) }
  }

  /// A try has ended on the executor; returns how long that took after the last one.
  @inline(__always)
  mutating func move(_ index: Int, at now: Int64) -> Int64 {
    defer { moves[index] = now }
    return now - moves[index]
  }

  /// What waits on the executor was asked back.
  mutating func markRecalled(_ index: Int) { owners[index].flags.insert(.recalled) }

  /// Makes one slot lead to another in which the same task is tried, or to none.
  mutating func link(_ slot: SlotID, to twin: SlotID) {
    twins[slot] = twin == .none ? nil : twin
  }

  mutating func markKilled(_ slot: SlotID) {
    slots[position(of: slot)].isBeingKilled = true
  }

  @inline(__always)
  private func position(of slot: SlotID) -> Int { slot.owner << roomBits | Int(slot.position) }

  // MARK: The list

  /// Puts an executor on the list if it has a free slot and is not there.
  @inline(__always)
  mutating func list(_ index: Int, at now: Int64) {
    guard owners[index].isFree, !owners[index].flags.contains(.listed) else { return }
    listings[index].freeSince = now
    append(index)
  }

  private mutating func append(_ index: Int) {
    owners[index].flags.insert(.listed)
    listings[index].before = last
    listings[index].after = Self.nobody
    if last == Self.nobody { first = Int32(index) } else { listings[Int(last)].after = Int32(index) }
    last = Int32(index)
  }

  private mutating func unlist(_ index: Int) {
    guard owners[index].flags.contains(.listed) else { return }
    owners[index].flags.remove(.listed)
    let (before, after) = (listings[index].before, listings[index].after)
    if before == Self.nobody { first = after } else { listings[Int(before)].after = after }
    if after == Self.nobody { last = before } else { listings[Int(after)].before = before }
  }
}
