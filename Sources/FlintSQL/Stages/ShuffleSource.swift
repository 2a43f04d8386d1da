internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// Batches that come through an exchange, in the order in which they arrive.
final class ShuffleSource: BatchStream {
  private let input: any ShuffleInput
  private let schema: Schema
  private let memory: ColumnMemory
  private var rowCount: UInt64 = 0
  private var isAtEnd = false

  init(_ input: any ShuffleInput, _ schema: Schema, _ memory: ColumnMemory) {
    self.input = input
    self.schema = schema
    self.memory = memory
  }

  func next() async throws -> Batch? {
    if isAtEnd { return nil }
    guard let block = try await input.next() else {
      isAtEnd = true
      try input.finish(rowCount: rowCount)
      return nil
    }
    let batch = try BatchBlock.decode(block, schema, memory)
    rowCount += UInt64(batch.length)
    return batch
  }
}
