internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintTasks

/// Makes rows of a type of Swift of the batches of a frame.
final class TypingOperator<Row: Sendable>: NodeOperator {
  private let site: OperatorSite

  init(_ site: OperatorSite) {
    self.site = site
  }

  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    TypedRows<Row>(try await inputs[0][0].open(), site)
  }
}

private final class TypedRows<Row: Sendable>: RowStream {
  private let source: any RowStream
  private let site: OperatorSite
  private let kernels = Kernels(StageOperator.memory())

  init(_ source: any RowStream, _ site: OperatorSite) {
    self.source = source
    self.site = site
  }

  func next() async throws -> AnyRowBatch? {
    guard let batch = try await source.next() else { return nil }
    do throws(FlintError) { return RowBatch<Row>(try kernels.rows(batch.columns)) } catch {
      throw error.located(site.location)
    }
  }
}
