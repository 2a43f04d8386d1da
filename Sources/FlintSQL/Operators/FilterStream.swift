internal import FlintColumns

/// Leaves out rows for which a condition is not true.
final class FilterStream: BatchStream {
  private let source: any BatchStream
  private let condition: Computation
  private let kernels: Kernels

  init(_ source: any BatchStream, _ condition: Computation, _ kernels: Kernels) {
    self.source = source
    self.condition = condition
    self.kernels = kernels
  }

  func next() async throws -> Batch? {
    while let batch = try await source.next() {
      let selection = try condition.selection(batch, kernels)
      if selection.count == batch.length { return batch }
      if selection.count == 0 { continue }
      let chosen = batch.selecting(selection)
      // What is computed of few rows of many is computed of all: move those few together.
      return selection.count * 4 < batch.length ? try kernels.compact(chosen) : chosen
    }
    return nil
  }
}
