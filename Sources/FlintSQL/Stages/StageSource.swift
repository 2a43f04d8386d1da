internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// Batches of the partitions of another stage's dataset that are computed in the same task, one after another.
final class StageSource: BatchStream {
  private var rest: ArraySlice<any RowInput>
  private var current: (any RowStream)?

  init(_ inputs: [any RowInput]) {
    rest = inputs[...]
  }

  func next() async throws -> Batch? {
    while true {
      if let current {
        if let batch = try await current.next() { return batch.columns }
        self.current = nil
      }
      guard let input = rest.popFirst() else { return nil }
      current = try await input.open()
    }
  }
}
