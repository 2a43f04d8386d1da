public import FlintCore
public import FlintTasks

/// Reads parts of files as records of equal length, piece by piece.
@usableFromInline
final class RecordOperator<Row: Sendable>: NodeOperator {
  /// Puts what it makes of all records of a piece in the place of what the array holds.
  @usableFromInline typealias Body = @Sendable (UnsafeRawBufferPointer, inout [Row]) throws -> Void
  private let dataset: DatasetID
  private let site: OperatorSite
  private let length: Int
  private let body: Body

  @usableFromInline
  init(_ dataset: DatasetID, _ site: OperatorSite, length: Int, _ body: @escaping Body) {
    self.dataset = dataset
    self.site = site
    self.length = length
    self.body = body
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let split = try context.split(of: dataset, partition)
    return try await RecordStream(split, site, length: length, body, context)
  }
}
