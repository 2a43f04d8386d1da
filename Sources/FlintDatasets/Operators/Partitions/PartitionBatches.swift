/// The rows of one partition, in their order, a few thousand at a time: for functions that are faster on many rows at once and
/// need not see all of them. They can be gone through once.
///
/// How many rows a batch has, nobody promises.
public struct PartitionBatches<Row: Sendable> {
  private let following: () async throws -> [Row]?

  init(_ following: @escaping () async throws -> [Row]?) {
    self.following = following
  }

  /// The next rows, perhaps none; nil after the last.
  public func next() async throws -> [Row]? { try await following() }

  /// The rows that `transform` makes of each batch.
  public func map<New: Sendable>(_ transform: @escaping ([Row]) async throws -> [New]) -> PartitionBatches<New> {
    PartitionBatches<New> {
      guard let rows = try await following() else { return nil }
      return try await transform(rows)
    }
  }
}
