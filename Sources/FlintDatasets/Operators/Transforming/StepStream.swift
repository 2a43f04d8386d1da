internal import FlintShuffle
internal import FlintTasks

/// A source and the transformations of its batches, one after another in one loop.
final class StepStream: SteppedStream {
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

  /// The rows of `source` after one more transformation, that of `site`. A chain of any length is one stream with a list of
  /// steps: nothing is nested.
  ///
  /// - Parameters:
  ///   - count: how many transformations, the new one as the last, the step does that `fused` makes; 0 when there is none.
  ///   - single: makes the step that does the new one alone.
  static func extending(
    _ source: any RowStream, _ site: OperatorSite, fusing count: Int, _ context: any TaskContext,
    fused: ([UserCode]) -> BatchStep, single: () -> BatchStep
  ) -> StepStream {
    guard let stream = source as? StepStream else { return StepStream(source, single(), context) }
    if count > 0, let codes = stream.leaveOut(count - 1) {
      stream.append(fused(codes + [site.code]))
    } else {
      stream.append(single())
    }
    return stream
  }

  /// Adds a transformation of what comes out. Before the first batch only.
  func append(_ step: BatchStep) {
    steps.append(step)
  }

  func leaveOut(_ count: Int) -> [UserCode]? {
    var codes: [UserCode] = []
    var kept = steps.count
    while codes.count < count, kept > 0 {
      kept -= 1
      codes = steps[kept].codes + codes
    }
    guard codes.count == count else { return nil }
    steps.removeSubrange(kept...)
    return codes
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    if steps.isEmpty { return try await source.next() }
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
