internal import FlintCore
internal import FlintLayout
internal import FlintLineage
public import FlintTasks

extension Dataset {
  /// One value of each partition by `body`, merged on the driver in the order of the partitions.
  @inlinable
  func folded<Value: Sendable>(
    _ site: OperatorSite, _ initial: Value, _ body: @escaping @Sendable ([Row], inout Value) throws -> Void,
    merge: (inout Value, Value) throws -> Void
  ) async throws -> Value {
    let parts: [Value] = try await partials(site, ResultFactory { FoldResult(site, initial, body) })
    var value = initial
    for part in parts { try merge(&value, part) }
    return value
  }

  /// The value that `factory` makes of each partition, in their order.
  @usableFromInline
  func partials<Value: Sendable>(_ site: OperatorSite, _ factory: ResultFactory) async throws -> [Value] {
    try RowLayout.check(Value.self, "the result of \(site.name) cannot come back from an executor", at: site.location)
    var parts: [PartitionID: [Value]] = [:]
    try await session.run(node, site, factory) { result in
      parts[result.partition] = try RowBlock.decode(result.bytes)
    }
    return node.allPartitions.flatMap { parts[$0] ?? [] }
  }
}
