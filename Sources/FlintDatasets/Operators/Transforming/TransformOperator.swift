public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent, batch by batch.
@usableFromInline
final class TransformOperator<Input: Sendable, Output: Sendable>: NodeOperator {
  private let site: OperatorSite
  private let body: BatchBody<Input, Output>
  private let fusedSteps: Int
  private let fusedFill: FusedFill<Output>.Body

  /// - Parameters:
  ///   - fusedSteps: how many transformations `fusedFill` does, this one as the last; 0 when it does none.
  @usableFromInline
  init(
    _ site: OperatorSite, _ body: @escaping BatchBody<Input, Output>, fusedSteps: Int,
    fusedFill: @escaping FusedFill<Output>.Body
  ) {
    self.site = site
    self.body = body
    self.fusedSteps = fusedSteps
    self.fusedFill = fusedFill
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    StepStream.extending(
      try await inputs[0][0].open(), site, fusing: fusedSteps, context, fused: { FusedStep($0, fusedFill, context) },
      single: { BodyStep(site, body, context) })
  }
}
