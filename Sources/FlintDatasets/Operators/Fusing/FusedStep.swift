internal import FlintShuffle
internal import FlintTasks

/// Several transformations in one loop.
final class FusedStep<Output: Sendable>: BatchStep {
  private let code: FusedCodes
  private let fill: FusedFill<Output>.Body
  private let context: any TaskContext
  private let output = RowBatch<Output>()

  init(_ codes: [UserCode], _ fill: @escaping FusedFill<Output>.Body, _ context: any TaskContext) {
    code = FusedCodes(codes)
    self.fill = fill
    self.context = context
    super.init(codes)
  }

  override func run(_ input: AnyRowBatch) throws -> AnyRowBatch {
    try code.run(context) { try fill(input, &output.rows) }
    return output
  }
}
