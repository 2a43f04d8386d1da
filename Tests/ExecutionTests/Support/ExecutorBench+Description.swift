import FlintCore
import FlintExecution
import FlintLineage
import FlintTasks
import FlintWire

extension ExecutorBench {
  /// A stage of one task that does `body` with the number 1, described as stage 0.
  static func describe(
    file: String = #fileID, _ body: @escaping @Sendable (Int, any TaskContext) throws -> Int
  ) throws -> (description: Message, payload: [UInt8]) {
    var graph = NumberGraph()
    let node = graph.step(try graph.source([[1]]), body)
    var planner = StagePlanner()
    let stage = planner.plan(node).result
    let request = JobRequest(node, operation: NumberResult(), location: .here(file: file))
    let program = try StageProgram(of: stage, answering: request)
    let description = StageDescription(stage: StageID(rawValue: 0), program: program.bytes)
    return (.describeStage(description), try TaskPayloads(of: stage).payload(PartitionID(rawValue: 0)))
  }
}
