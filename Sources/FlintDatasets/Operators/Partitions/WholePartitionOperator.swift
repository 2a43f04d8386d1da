public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent by a function of an array of all its rows.
@usableFromInline
final class WholePartitionOperator<Input: Sendable, Output: Sendable>: NodeOperator {
  @usableFromInline typealias Body = @Sendable (Int, [Input]) throws -> [Output]
  private let site: OperatorSite
  private let body: Body

  @usableFromInline
  init(_ site: OperatorSite, _ body: @escaping Body) {
    self.site = site
    self.body = body
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let rows = try await PartitionRows<Input>(inputs[0][0].open()).all()
    site.enter(context)
    do {
      return SliceStream(try body(Int(partition.rawValue), rows), context: context)
    } catch { throw site.failure(error) }
  }
}
