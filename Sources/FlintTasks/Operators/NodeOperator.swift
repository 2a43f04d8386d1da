public import FlintCore

/// How the rows of one dataset are computed, on an executor. One for each task and dataset.
///
/// The operators of `map`, `filter`, `reduceByKey` are generic classes in the typed API, and are specialised in the user's
/// module; the engine knows them by this protocol alone.
public protocol NodeOperator: AnyObject {
  /// The rows of `partition`.
  ///
  /// - Parameter inputs: for each narrow dependency of the dataset, in order, the partitions of the parent that are needed;
  ///   wide dependencies are read by ``TaskContext/shuffleInput(_:_:)``.
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream

  /// How the dataset's rows are kept and sent; nil when they have no layout, so that the dataset cannot be kept.
  var codec: (any BatchCodec)? { get }
}

/// Makes an operator. This is what travels: a struct around one function, so that its type is the same for all rows.
public struct NodeFactory: Sendable {
  /// Makes the operator; it captures the user's closures.
  public let make: @Sendable () throws -> any NodeOperator

  /// A factory that calls `make`.
  public init(_ make: @escaping @Sendable () throws -> any NodeOperator) {
    self.make = make
  }
}
