internal import FlintCore
internal import FlintTasks

/// A transformation by a body, whose types the stream around it does not know.
final class BodyStep<Input: Sendable, Output: Sendable>: BatchStep {
  private let site: OperatorSite
  private let body: BatchBody<Input, Output>
  private let context: any TaskContext
  private let output = RowBatch<Output>()
  /// The rows that are not finished; none when all are.
  private var rows = StepRows<Input>()
  private var position = 0

  init(_ site: OperatorSite, _ body: @escaping BatchBody<Input, Output>, _ context: any TaskContext) {
    self.site = site
    self.body = body
    self.context = context
    super.init([site.code])
  }

  override var isFinished: Bool { rows.count == 0 }
  override var takesPartialBatches: Bool { true }

  override func run(_ input: AnyRowBatch) throws -> AnyRowBatch {
    rows = .of(input)
    position = 0
    return try more()
  }

  override func more() throws -> AnyRowBatch {
    site.enter(context)
    do { position = try body(rows, position, &output.rows, context.limits.rowsPerBatch) } catch {
      throw site.failure(error)
    }
    // Let go at once: whoever made the batch fills the same memory again.
    if position >= rows.count { rows = StepRows() }
    return output
  }
}
