public import FlintCore
public import FlintTasks

/// Sorts the rows of each partition.
public final class SortOperator<Row>: NodeOperator {
  private let kernel: SortKernel<Row>
  private let input: KeyedInput
  private let code: UserCode

  /// The rows of `input` in the order of `kernel`, which calls the functions of `code`.
  public init(_ kernel: SortKernel<Row>, _ input: KeyedInput, code: UserCode) {
    self.kernel = kernel
    self.input = input
    self.code = code
  }

  /// Rows as columns, where the type has a layout.
  public var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  /// The partition's rows in their order.
  public func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let source: RowSource<Row> = try await input.open(partition, inputs: inputs, context: context)
    return SortStream(ExternalSort(kernel, code: code, context: context), source, context)
  }
}
