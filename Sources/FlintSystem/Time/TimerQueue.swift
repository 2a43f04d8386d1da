package import FlintCore

/// Things that are due at some time, each of which can be withdrawn before.
package struct TimerQueue<Payload> {
  private struct Entry {
    let deadline: MonotonicInstant
    let identifier: UInt64
  }

  /// A heap whose first entry is due first. Withdrawn entries stay in it until they are due or outnumber the others.
  private var heap: [Entry] = []
  private var payloads: [UInt64: Payload] = [:]

  package init() {}

  package var isEmpty: Bool { payloads.isEmpty }

  /// When the next thing is due; nil when there is none.
  package mutating func nextDeadline() -> MonotonicInstant? {
    while let first = heap.first, payloads[first.identifier] == nil { removeFirst() }
    return heap.first?.deadline
  }

  package mutating func insert(_ payload: Payload, _ identifier: UInt64, at deadline: MonotonicInstant) {
    precondition(payloads.updateValue(payload, forKey: identifier) == nil, "timer \(identifier) is set twice")
    heap.append(Entry(deadline: deadline, identifier: identifier))
    siftUp(from: heap.count - 1)
  }

  /// Withdraws a thing; nil when it was due already.
  package mutating func remove(_ identifier: UInt64) -> Payload? {
    let payload = payloads.removeValue(forKey: identifier)
    if heap.count > 2 * payloads.count + 64 { dropWithdrawn() }
    return payload
  }

  /// Takes out what is due at `now`, first due first.
  package mutating func removeDue(at now: MonotonicInstant) -> [Payload] {
    var due: [Payload] = []
    while let first = heap.first, first.deadline <= now {
      removeFirst()
      if let payload = payloads.removeValue(forKey: first.identifier) { due.append(payload) }
    }
    return due
  }

  // MARK: The heap

  private mutating func dropWithdrawn() {
    // A sorted array is a heap.
    heap = heap.filter { payloads[$0.identifier] != nil }.sorted { TimerQueue.isBefore($0, $1) }
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard TimerQueue.isBefore(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      let children = (2 * parent + 1..<2 * parent + 3).clamped(to: 0..<heap.count)
      guard let first = children.min(by: { TimerQueue.isBefore(heap[$0], heap[$1]) }),
        TimerQueue.isBefore(heap[first], heap[parent])
      else { return }
      heap.swapAt(parent, first)
      parent = first
    }
  }

  /// Equal deadlines come in the order of their identifiers.
  private static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
    (left.deadline.nanoseconds, left.identifier) < (right.deadline.nanoseconds, right.identifier)
  }
}
