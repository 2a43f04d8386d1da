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
    let step = BodyStep(site, body, context)
    let source = try await inputs[0][0].open()
    // A chain of any length is one stream with a list of steps: nothing is nested.
    if let stream = source as? StepStream {
      stream.append(step)
      return stream
    }
    return StepStream(source, step, context)
  }
}
