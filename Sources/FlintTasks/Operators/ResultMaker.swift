public import FlintCore
public import FlintLineage

/// Makes an action's result of one partition. One for each task.
public protocol ResultMaker: AnyObject {
  /// The result's bytes, which only the action reads.
  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8]
}

/// Makes a result that may be too long for memory, piece by piece.
public protocol PiecewiseResultMaker: ResultMaker {
  /// Gives the result's pieces to `output`, one behind another.
  func write(
    _ rows: any RowStream, partition: PartitionID, to output: any ResultOutput, context: any TaskContext
  ) async throws
}

/// Where the pieces of a result go. It belongs to one task.
public protocol ResultOutput: AnyObject {
  /// Adds bytes behind those before.
  func append(_ piece: [UInt8]) async throws
  /// Forgets all bytes so far.
  func removeAll() async
}

extension PiecewiseResultMaker {
  /// All pieces together.
  public func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    let pieces = ResultPieces()
    try await write(rows, partition: partition, to: pieces, context: context)
    return pieces.bytes
  }
}

/// Pieces of a result in memory.
private final class ResultPieces: ResultOutput {
  private(set) var bytes: [UInt8] = []

  func append(_ piece: [UInt8]) async throws { bytes += piece }
  func removeAll() async { bytes = [] }
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
