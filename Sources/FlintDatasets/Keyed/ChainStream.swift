internal import FlintTasks

/// The rows of several inputs, each opened when the one before has ended.
final class ChainStream: RowStream {
  private var inputs: ArraySlice<any RowInput>
  private var current: (any RowStream)?

  init(_ inputs: [any RowInput]) {
    self.inputs = inputs[...]
  }

  func next() async throws -> AnyRowBatch? {
    while true {
      if let batch = try await current?.next() { return batch }
      current = nil
      guard let input = inputs.popFirst() else { return nil }
      current = try await input.open()
    }
  }
}
