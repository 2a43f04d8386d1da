internal import FlintShuffle
internal import FlintTasks

/// One transformation of a chain, which keeps the batch that it fills.
class BatchStep {
  /// Whose functions it calls: one for each transformation that it does.
  let codes: [UserCode]

  init(_ codes: [UserCode]) {
    self.codes = codes
  }

  /// Whether all rows of the last batch have been used.
  var isFinished: Bool { true }

  /// Whether it takes batches of which some rows were chosen.
  var takesPartialBatches: Bool { false }

  /// Takes a batch in and returns what comes of its first rows.
  func run(_ input: AnyRowBatch) throws -> AnyRowBatch { preconditionFailure("a step without a body") }

  /// What comes of the next rows of the batch that was taken in.
  func more() throws -> AnyRowBatch { preconditionFailure("a step without a body") }
}
