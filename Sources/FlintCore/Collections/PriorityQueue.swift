/// A heap: the least element comes out first. Inserting and taking cost the logarithm of the count.
///
/// Elements that compare equal come out in no promised order; whoever cares makes them differ, for example by a number.
@frozen
public struct PriorityQueue<Element: Comparable> {
  /// Children of `index` stand at `2 * index + 1` and `2 * index + 2`, and are not less than it.
  @usableFromInline
  var heap: [Element] = []

  /// An empty queue.
  @inlinable
  public init() {}

  /// Whether nothing is queued.
  @inlinable
  public var isEmpty: Bool { heap.isEmpty }

  /// How many elements are queued.
  @inlinable
  public var count: Int { heap.count }

  /// The least element; nil when nothing is queued.
  @inlinable
  public var first: Element? { heap.first }

  /// Adds an element.
  @inlinable
  public mutating func insert(_ element: Element) {
    heap.append(element)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index] < heap[parent] else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  /// Takes the least element; nil when nothing is queued.
  @inlinable
  public mutating func popFirst() -> Element? {
    guard !heap.isEmpty else { return nil }
    heap.swapAt(0, heap.count - 1)
    let first = heap.removeLast()
    siftDown(from: 0)
    return first
  }

  /// Drops the elements that `isUnwanted` names.
  @inlinable
  public mutating func removeAll(where isUnwanted: (Element) -> Bool) {
    heap.removeAll(where: isUnwanted)
    for index in stride(from: heap.count / 2, through: 0, by: -1) { siftDown(from: index) }
  }

  @inlinable
  mutating func siftDown(from start: Int) {
    var index = start
    while true {
      var least = index
      let left = 2 * index + 1
      if left < heap.count, heap[left] < heap[least] { least = left }
      if left + 1 < heap.count, heap[left + 1] < heap[least] { least = left + 1 }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}

extension PriorityQueue: Sendable where Element: Sendable {}
