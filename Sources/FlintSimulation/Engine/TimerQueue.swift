/// What will happen at a later moment of virtual time, earliest first; equal moments in the order of their making.
struct TimerQueue {
  struct Timer {
    let time: Int64
    let number: UInt64
    let owner: Owner
    /// The sleeper that this timer wakes, or 0 for a timer that nobody can cancel.
    let sleeper: UInt64
    let fire: () -> Void
  }

  private var heap: [Timer] = []

  var isEmpty: Bool { heap.isEmpty }
  var count: Int { heap.count }
  var nextTime: Int64? { heap.first?.time }

  mutating func insert(_ timer: Timer) {
    heap.append(timer)
    siftUp(from: heap.count - 1)
  }

  mutating func popFirst() -> Timer? {
    guard !heap.isEmpty else { return nil }
    heap.swapAt(0, heap.count - 1)
    let first = heap.removeLast()
    siftDown(from: 0)
    return first
  }

  /// Drops the timers that `isDead` names, so that cancelled sleeps far in the future hold no memory.
  mutating func removeAll(where isDead: (Timer) -> Bool) {
    heap.removeAll(where: isDead)
    for index in stride(from: heap.count / 2, through: 0, by: -1) { siftDown(from: index) }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    heap[left].time != heap[right].time ? heap[left].time < heap[right].time : heap[left].number < heap[right].number
  }

  private mutating func siftUp(from start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard isBefore(index, parent) else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var index = start
    while true {
      var least = index
      let left = 2 * index + 1
      if left < heap.count, isBefore(left, least) { least = left }
      if left + 1 < heap.count, isBefore(left + 1, least) { least = left + 1 }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
