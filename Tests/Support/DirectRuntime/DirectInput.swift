internal import FlintCore
internal import FlintLineage
internal import FlintTasks

/// A partition of a parent.
struct DirectInput: RowInput {
  let partition: PartitionID
  let node: LineageNode
  let run: DirectRun
  let context: DirectTask

  func open() async throws -> any RowStream { try await run.open(node, partition, context) }
}
