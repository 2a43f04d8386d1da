internal import FlintTasks

/// A source and the transformations of its batches, one after another in one loop.
final class StepStream: RowStream {
  private let source: any RowStream
  private let context: any TaskContext
  private var steps: [BatchStep]
  /// The steps that stopped within a batch since they had made enough rows of it; the last one goes on first.
  private var unfinished: [Int] = []

  init(_ source: any RowStream, _ step: BatchStep, _ context: any TaskContext) {
    self.source = source
    self.context = context
    steps = [step]
  }

  /// The rows of `source` after one more step. A chain of any length is one stream with a list of steps: nothing is nested.
  static func extending(_ source: any RowStream, _ step: BatchStep, _ context: any TaskContext) -> StepStream {
    guard let stream = source as? StepStream else { return StepStream(source, step, context) }
    stream.append(step)
    return stream
  }

  /// Adds a transformation of what comes out. Before the first batch only.
  func append(_ step: BatchStep) {
    steps.append(step)
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    var batch: AnyRowBatch
    var index: Int
    if let last = unfinished.popLast() {
      index = last
      batch = try steps[index].more()
    } else {
      guard let fresh = try await source.next() else { return nil }
      index = 0
      batch = try steps[0].run(fresh)
    }
    while true {
      if !steps[index].isFinished { unfinished.append(index) }
      index += 1
      let leaves = index == steps.count
      if leaves || !steps[index].takesPartialBatches, let partial = batch as? any PartialBatch {
        batch = partial.makeWhole()
      }
      if leaves { return batch }
      batch = try steps[index].run(batch)
    }
  }
}
