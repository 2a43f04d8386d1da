/// First in, first out, in a ring that grows and never shrinks.
package struct Queue<Element> {
  private var ring: [Element?] = []
  private var head = 0
  package private(set) var count = 0

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// The element that ``popFirst()`` gives next.
  package var first: Element? {
    get { count == 0 ? nil : ring[head] }
    set {
      precondition(count > 0 && newValue != nil, "only an element that is there can be replaced")
      ring[head] = newValue
    }
  }

  /// The element that comes after `index` others.
  package subscript(index: Int) -> Element {
    guard index < count, let element = ring[(head + index) & (ring.count - 1)] else {
      preconditionFailure("there is no element \(index) in a queue of \(count)")
    }
    return element
  }

  package mutating func append(_ element: Element) {
    if count == ring.count { grow() }
    ring[(head + count) & (ring.count - 1)] = element
    count += 1
  }

  package mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = ring[head].take()
    head = (head + 1) & (ring.count - 1)
    count -= 1
    return element
  }

  /// Doubles the ring, so that its size stays a power of two.
  private mutating func grow() {
    let inOrder = ring[head...] + ring[..<head]
    ring = Array(inOrder) + Array(repeating: nil, count: max(ring.count, 16))
    head = 0
  }
}
