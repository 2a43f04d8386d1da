public import FlintCore
public import FlintTasks

/// Joins two sides by their keys.
///
/// The right side is kept in memory, the left one streams by. When the right side does not fit, both go to disk in parts by
/// hash; a part whose right side still does not fit is joined piece by piece, so that a key with very many rows on either
/// side or on both needs time, and no more memory.
public final class JoinOperator<Key: Hashable, Left, Right, Output>: NodeOperator {
  private let kernel: JoinKernel<Key, Left, Right, Output>
  private let left: KeyedInput
  private let right: KeyedInput

  /// A join of the rows of two inputs.
  public init(_ kernel: JoinKernel<Key, Left, Right, Output>, left: KeyedInput, right: KeyedInput) {
    self.kernel = kernel
    self.left = left
    self.right = right
  }

  /// Rows as columns, where the type has a layout.
  public var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  /// The joined rows, in no order.
  public func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    JoinStream(
      kernel, left: try await left.open(partition, inputs: inputs, context: context),
      right: try await right.open(partition, inputs: inputs, context: context), context)
  }
}
