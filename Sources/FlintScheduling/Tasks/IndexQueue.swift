/// Numbers of tasks in the order in which they came. What was taken leaves room that is used again.
struct IndexQueue: Sendable {
  private var elements: [UInt32] = []
  private var head = 0

  var count: Int { elements.count - head }
  var isEmpty: Bool { head == elements.count }

  subscript(position: Int) -> UInt32 { elements[head + position] }

  mutating func append(_ element: UInt32) {
    if head > 32, head > elements.count / 2 {
      elements.removeFirst(head)
      head = 0
    }
    elements.append(element)
  }

  mutating func popFirst() -> UInt32? {
    guard head < elements.count else { return nil }
    defer { head += 1 }
    return elements[head]
  }

  mutating func remove(at position: Int) {
    if position == 0 { head += 1 } else { elements.remove(at: head + position) }
  }
}
