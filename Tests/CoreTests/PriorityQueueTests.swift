import FlintCore
import Testing

@Suite("Priority queue")
struct PriorityQueueTests {
  @Test("elements come out in order, however they went in")
  func order() {
    var generator = SystemRandomNumberGenerator()
    for count in [0, 1, 2, 3, 10, 100, 1000] {
      let numbers = (0..<count).map { _ in Int.random(in: 0..<100, using: &generator) }
      var queue = PriorityQueue<Int>()
      for number in numbers { queue.insert(number) }
      #expect(queue.count == count)
      #expect(queue.first == numbers.min())
      #expect(drained(&queue) == numbers.sorted())
      #expect(queue.isEmpty && queue.first == nil && queue.popFirst() == nil)
    }
  }

  @Test("inserting and taking in turns keeps the order")
  func inTurns() {
    var generator = SystemRandomNumberGenerator()
    var (queue, model) = (PriorityQueue<Int>(), [Int]())
    for _ in 0..<5_000 {
      if Bool.random(using: &generator) {
        let number = Int.random(in: 0..<1_000, using: &generator)
        queue.insert(number)
        model.append(number)
        model.sort()
      } else {
        #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
      }
    }
  }

  @Test("what is not wanted is dropped, and the rest stays in order")
  func removal() {
    var queue = PriorityQueue<Int>()
    for number in (0..<500).reversed() { queue.insert(number) }
    queue.removeAll { $0.isMultiple(of: 3) }
    #expect(drained(&queue) == (0..<500).filter { !$0.isMultiple(of: 3) })
    queue.removeAll { _ in true }
    #expect(queue.isEmpty)
  }

  private func drained(_ queue: inout PriorityQueue<Int>) -> [Int] {
    var numbers: [Int] = []
    while let number = queue.popFirst() { numbers.append(number) }
    return numbers
  }
}
