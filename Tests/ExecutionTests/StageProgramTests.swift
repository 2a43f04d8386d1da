import FlintCore
import FlintExecution
import FlintLineage
import FlintTasks
import Testing

@Suite("Stages as they travel")
struct StageProgramTests {
  @Test("one-to-one steps, a union, a coalesce and a pruning give the rows that the graph says")
  func narrowGraph() async throws {
    var graph = NumberGraph()
    let left = try graph.source([[1, 2], [3]])
    let right = try graph.source([[10], [20], [30]])
    let doubled = graph.step(left) { number, _ in number * 2 }
    let union = graph.gather(
      [(doubled, .offset(start: 0, count: 2)), (right, .offset(start: 2, count: 3))], partitions: 5)
    let coalesced = graph.gather([(union, .grouped([[0, 4], [1, 2, 3]]))], partitions: 2)
    let pruned = graph.gather([(union, .selected([3]))], partitions: 1)
    let bench = try ExecutorBench()
    #expect(try await bench.collect(union) == [[2, 4], [6], [10], [20], [30]])
    #expect(try await bench.collect(coalesced) == [[2, 4, 30], [6, 10, 20]])
    #expect(try await bench.collect(pruned) == [[20]])
    #expect(await bench.close())
  }

  @Test("what one stage writes the next one reads, also when a task reads two partitions")
  func twoStages() async throws {
    var graph = NumberGraph()
    let source = try graph.source([[1, 2, 3, 4], [5, 6], [7, 9]])
    let exchanged = graph.exchange(source, readers: 3)
    let coalesced = graph.gather([(exchanged, .grouped([[0, 1], [2]]))], partitions: 2)
    let bench = try ExecutorBench()
    let inputs = try await bench.write(for: exchanged)
    #expect(
      try await bench.collect(exchanged, inputs: inputs).map { $0.sorted() } == [[3, 6, 9], [1, 4, 7], [2, 5]])
    #expect(
      try await bench.collect(coalesced, inputs: inputs).map { $0.sorted() } == [[1, 3, 4, 6, 7, 9], [2, 5]])
    #expect(await bench.close())
  }

  @Test("a lineage of 10,000 steps is shipped, opened and run")
  func longLineage() async throws {
    var graph = NumberGraph()
    var node = try graph.source([[0, 1]])
    for _ in 0..<10_000 { node = graph.step(node) { number, _ in number + 1 } }
    let bench = try ExecutorBench()
    #expect(try await bench.collect(node) == [[10_000, 10_001]])
    #expect(await bench.close())
  }

  @Test("bytes that are no stage, or were cut, are refused")
  func damage() throws {
    var graph = NumberGraph()
    let node = graph.step(try graph.source([[1]])) { number, _ in number }
    var planner = StagePlanner()
    let stage = planner.plan(node).result
    let request = JobRequest(node, operation: NumberResult(), location: .here())
    let program = try StageProgram(of: stage, answering: request)
    let bytes = program.bytes
    #expect(try StageProgram(bytes: bytes) == program)
    for length in 0..<bytes.count {
      #expect(throws: FlintError.self) { try StageProgram(bytes: Array(bytes[..<length])) }
    }
    #expect(throws: FlintError.self) { try StageProgram(bytes: bytes + [0]) }
  }

  @Test("a closure that cannot travel is refused with the line of its transformation")
  func unshippable() throws {
    actor Handle {}
    let handle = Handle()
    var graph = NumberGraph()
    let node = graph.step(try graph.source([[1]]), line: 4711) { number, _ in
      number + (handle === handle ? 1 : 0)
    }
    var planner = StagePlanner()
    let stage = planner.plan(node).result
    let request = JobRequest(node, operation: NumberResult(), location: .here())
    let error = #expect(throws: FlintError.self) { try StageProgram(of: stage, answering: request) }
    #expect(error?.code == .unshippableClosure && error?.location?.line == 4711)
  }
}
