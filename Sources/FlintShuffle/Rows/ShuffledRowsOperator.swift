public import FlintCore
public import FlintTasks

/// The rows of a shuffle as they come.
public final class ShuffledRowsOperator<Row>: NodeOperator {
  private let input: KeyedInput

  /// Reads `input`.
  public init(_ input: KeyedInput) {
    self.input = input
  }

  /// Rows as columns, where the type has a layout.
  public var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  /// The partition's rows, in no order.
  public func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    ShuffledRowsStream<Row>(try await input.open(partition, inputs: inputs, context: context), context)
  }
}

/// Rows in batches of the usual size, whatever size they come in.
final class ShuffledRowsStream<Row>: RowStream {
  private let source: RowSource<Row>
  private let context: any TaskContext
  private let batch = RowBatch<Row>()
  private var rows: [Row] = []
  private var position = 0

  init(_ source: RowSource<Row>, _ context: any TaskContext) {
    self.source = source
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    let limit = context.limits.rowsPerBatch
    while position == rows.count {
      guard let next = try await source.next() else { return nil }
      position = 0
      rows = next
      if next.count <= limit {
        rows = []
        batch.rows = next
        return batch
      }
    }
    let end = min(position + limit, rows.count)
    batch.rows = Array(rows[position..<end])
    position = end
    return batch
  }
}
