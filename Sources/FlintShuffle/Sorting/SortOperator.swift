public import FlintCore
public import FlintTasks

/// Sorts the rows of each partition.
public final class SortOperator<Row>: NodeOperator {
  private let kernel: SortKernel<Row>
  private let input: KeyedInput
  private let failure: (any Error) -> any Error

  /// The rows of `input` in the order of `kernel`; `failure` makes the task's error of what that throws.
  public init(_ kernel: SortKernel<Row>, _ input: KeyedInput, failure: @escaping (any Error) -> any Error) {
    self.kernel = kernel
    self.input = input
    self.failure = failure
  }

  /// Rows as columns, where the type has a layout.
  public var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  /// The partition's rows in their order.
  public func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let source: RowSource<Row> = try await input.open(partition, inputs: inputs, context: context)
    return SortStream(ExternalSort(kernel, failure: failure, context: context), source, context)
  }
}
