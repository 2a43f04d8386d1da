internal import FlintTasks

/// One transformation of a chain, which keeps the batch that it fills.
class BatchStep {
  /// Whether all rows of the last batch have been used.
  var isFinished: Bool { true }

  /// Takes a batch in and returns what comes of its first rows.
  func run(_ input: AnyRowBatch) throws -> AnyRowBatch { preconditionFailure("a step without a body") }

  /// What comes of the next rows of the batch that was taken in.
  func more() throws -> AnyRowBatch { preconditionFailure("a step without a body") }
}

/// A transformation by a body, whose types the stream around it does not know.
final class BodyStep<Input: Sendable, Output: Sendable>: BatchStep {
  private let site: OperatorSite
  private let body: BatchBody<Input, Output>
  private let limit: Int
  private let output = RowBatch<Output>()
  /// The rows that are not finished; none when all are.
  private var rows: [Input] = []
  private var position = 0

  init(_ site: OperatorSite, _ body: @escaping BatchBody<Input, Output>, limit: Int) {
    self.site = site
    self.body = body
    self.limit = limit
  }

  override var isFinished: Bool { rows.isEmpty }

  override func run(_ input: AnyRowBatch) throws -> AnyRowBatch {
    rows = input.of(Input.self).rows
    position = 0
    return try more()
  }

  override func more() throws -> AnyRowBatch {
    do { position = try body(rows, position, &output.rows, limit) } catch { throw site.failure(error) }
    // Let go at once: whoever made the batch fills the same memory again.
    if position >= rows.count { rows = [] }
    return output
  }
}
