internal import FlintCore

/// The requests that this side has sent and that are not answered: an array of slots, which are used again.
struct RequestTable: Sendable {
  /// What an answer turns out to be.
  enum Match: Hashable, Sendable {
    /// The answer to the request in this slot, which is free now.
    case open(slot: Int)
    /// Nobody waits for it any more.
    case late
    /// Nobody ever asked.
    case never
  }

  private struct Slot: Sendable {
    /// Of the request that is or was in it last; requests start at 1.
    var generation: UInt32 = 0
    /// The number of the message that answers it.
    var answer: UInt16 = 0
    var isOpen = false
    /// In nanoseconds of the node's clock.
    var deadline: Int64 = .max
  }

  private var slots: [Slot] = []
  private var free: [UInt32] = []
  private let limit: Int
  /// How many requests wait.
  private(set) var openCount = 0
  /// No request's deadline is earlier.
  private(set) var earliestDeadline: Int64 = .max

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { openCount >= limit }

  /// Takes a slot for a request; not when the table is full.
  mutating func open(answer: UInt16, deadline: Int64) -> RequestID {
    precondition(!isFull, "a request was begun beyond the limit")
    let slot: Int
    if let last = free.popLast() {
      slot = Int(last)
    } else {
      slot = slots.count
      slots.append(Slot())
    }
    slots[slot].generation &+= 1
    slots[slot].answer = answer
    slots[slot].isOpen = true
    slots[slot].deadline = deadline
    openCount += 1
    earliestDeadline = min(earliestDeadline, deadline)
    return RequestID(slot: slot, generation: slots[slot].generation)
  }

  /// Finds whose answer `id` names. One of the right kind, or an error (kind nil), frees the slot; a wrong kind was never
  /// asked for.
  mutating func close(_ id: RequestID, answer: UInt16?) -> Match {
    guard id.slot < slots.count, id.generation != 0 else { return .never }
    let slot = slots[id.slot]
    guard id.generation == slot.generation, slot.isOpen else {
      return id.generation <= slot.generation ? .late : .never
    }
    guard answer == nil || answer == slot.answer else { return .never }
    free(id.slot)
    return .open(slot: id.slot)
  }

  /// The request that waits in `slot`.
  func open(in slot: Int) -> RequestID? {
    slots[slot].isOpen ? RequestID(slot: slot, generation: slots[slot].generation) : nil
  }

  /// Gives the request up. False when it is over already.
  mutating func abandon(_ id: RequestID) -> Bool {
    guard id.slot < slots.count, slots[id.slot].isOpen, slots[id.slot].generation == id.generation else {
      return false
    }
    free(id.slot)
    return true
  }

  /// Gives up every request whose deadline has come, and returns them.
  mutating func expire(at now: Int64) -> [RequestID] {
    guard earliestDeadline <= now else { return [] }
    var expired: [RequestID] = []
    earliestDeadline = .max
    for index in slots.indices where slots[index].isOpen {
      if slots[index].deadline <= now {
        expired.append(RequestID(slot: index, generation: slots[index].generation))
        free(index)
      } else {
        earliestDeadline = min(earliestDeadline, slots[index].deadline)
      }
    }
    return expired
  }

  private mutating func free(_ slot: Int) {
    slots[slot].isOpen = false
    free.append(UInt32(slot))
    openCount -= 1
  }
}
