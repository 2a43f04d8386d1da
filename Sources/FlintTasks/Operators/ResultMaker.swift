public import FlintCore
public import FlintLineage

/// Makes an action's result of one partition. One for each task.
public protocol ResultMaker: AnyObject {
  /// The result's bytes, which only the action reads.
  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8]
}

/// Makes a result's maker. This is what travels.
public struct ResultFactory: Sendable {
  /// Makes the maker; it captures the user's closures.
  public let make: @Sendable () throws -> any ResultMaker

  /// A factory that calls `make`.
  public init(_ make: @escaping @Sendable () throws -> any ResultMaker) {
    self.make = make
  }
}

/// What a ``FlintLineage/JobRequest/operation`` is when executors shall make the result.
public protocol ResultOperation: LineageOperation {
  /// What makes the maker.
  var factory: ResultFactory { get }
}
