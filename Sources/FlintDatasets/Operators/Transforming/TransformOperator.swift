public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent, batch by batch.
@usableFromInline
final class TransformOperator<Input: Sendable, Output: Sendable>: NodeOperator {
  private let site: OperatorSite
  private let body: BatchBody<Input, Output>

  @usableFromInline
  init(_ site: OperatorSite, _ body: @escaping BatchBody<Input, Output>) {
    self.site = site
    self.body = body
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    StepStream.extending(try await inputs[0][0].open(), BodyStep(site, body, context), context)
  }
}
