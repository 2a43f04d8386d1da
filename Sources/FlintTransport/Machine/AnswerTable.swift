/// The requests of the peer that this side has not answered, by the slots of the peer's table.
struct AnswerTable: Sendable {
  /// What a request turns out to be.
  enum Admittance: Hashable, Sendable {
    case new
    /// The peer had given up the request that was in its slot before, which need not be answered any more.
    case replaces(RequestID)
    /// The peer has used this number already.
    case repeated
    /// More than the peer may have.
    case tooMany
  }

  private struct Slot: Sendable {
    var generation: UInt32 = 0
    var isOpen = false
  }

  private var slots: [Slot] = []
  private let limit: Int
  /// How many requests want an answer.
  private(set) var openCount = 0

  init(limit: Int) { self.limit = limit }

  mutating func admit(_ id: RequestID) -> Admittance {
    // The peer fills its slots from the first on, so the table grows by one at a time.
    guard id.slot < limit, id.slot <= slots.count else { return .tooMany }
    if id.slot == slots.count { slots.append(Slot()) }
    let before = slots[id.slot]
    guard id.generation > before.generation else { return .repeated }
    slots[id.slot] = Slot(generation: id.generation, isOpen: true)
    if before.isOpen { return .replaces(RequestID(slot: id.slot, generation: before.generation)) }
    openCount += 1
    return .new
  }

  /// Ends the request, by an answer or since the peer gave it up. False when it is over already.
  mutating func close(_ id: RequestID) -> Bool {
    guard id.slot < slots.count, slots[id.slot].isOpen, slots[id.slot].generation == id.generation else {
      return false
    }
    slots[id.slot].isOpen = false
    openCount -= 1
    return true
  }
}
