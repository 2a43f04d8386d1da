package import FlintCore

/// Things that are due at some time, each of which can be withdrawn before.
package struct TimerQueue<Payload> {
  /// Equal deadlines come in the order of their identifiers.
  private struct Entry: Comparable {
    let deadline: MonotonicInstant
    let identifier: UInt64

    static func < (left: Entry, right: Entry) -> Bool {
      (left.deadline.nanoseconds, left.identifier) < (right.deadline.nanoseconds, right.identifier)
    }
  }

  /// First due first. Withdrawn entries stay in it until they are due or outnumber the others.
  private var entries = PriorityQueue<Entry>()
  private var payloads: [UInt64: Payload] = [:]

  package init() {}

  package var isEmpty: Bool { payloads.isEmpty }

  /// When the next thing is due; nil when there is none.
  package mutating func nextDeadline() -> MonotonicInstant? {
    while let first = entries.first, payloads[first.identifier] == nil { _ = entries.popFirst() }
    return entries.first?.deadline
  }

  package mutating func insert(_ payload: Payload, _ identifier: UInt64, at deadline: MonotonicInstant) {
    precondition(payloads.updateValue(payload, forKey: identifier) == nil, "timer \(identifier) is set twice")
    entries.insert(Entry(deadline: deadline, identifier: identifier))
  }

  /// Withdraws a thing; nil when it was due already.
  package mutating func remove(_ identifier: UInt64) -> Payload? {
    let payload = payloads.removeValue(forKey: identifier)
    if entries.count > 2 * payloads.count + 64 { entries.removeAll { payloads[$0.identifier] == nil } }
    return payload
  }

  /// Takes out what is due at `now`, first due first.
  package mutating func removeDue(at now: MonotonicInstant) -> [Payload] {
    var due: [Payload] = []
    while let first = entries.first, first.deadline <= now {
      _ = entries.popFirst()
      if let payload = payloads.removeValue(forKey: first.identifier) { due.append(payload) }
    }
    return due
  }
}
