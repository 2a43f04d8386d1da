internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// Makes batches of columns of the rows of a dataset.
final class UntypingOperator<Row: Sendable>: NodeOperator {
  private let fields: [Field]

  init(_ fields: [Field]) {
    self.fields = fields
  }

  var codec: (any BatchCodec)? { ColumnCodec(schema: Schema(fields), kernels: Kernels(StageOperator.memory())) }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    UntypedRows<Row>(try await inputs[0][0].open())
  }
}

private final class UntypedRows<Row: Sendable>: RowStream {
  private let source: any RowStream
  private let kernels = Kernels(StageOperator.memory())

  init(_ source: any RowStream) {
    self.source = source
  }

  func next() async throws -> AnyRowBatch? {
    guard let batch = try await source.next() else { return nil }
    return ColumnBatch(try kernels.batch(batch.of(Row.self).rows))
  }
}
