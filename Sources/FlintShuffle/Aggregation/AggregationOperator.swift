public import FlintCore
public import FlintTasks

/// Computes one value for each key of a partition, from one input or from several.
public final class AggregationOperator<Key: Hashable, Value, Output>: NodeOperator {
  private let plan: AggregationPlan<Key, Value, Output>
  private let feeds: [AggregationFeed<Key, Value>]

  /// An operator that merges the rows of `feeds`, one after another.
  public init(_ plan: AggregationPlan<Key, Value, Output>, _ feeds: [AggregationFeed<Key, Value>]) {
    self.plan = plan
    self.feeds = feeds
  }

  /// Rows as columns, where the type has a layout.
  public var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  /// One row for each key, in no order.
  public func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    var opened: [AggregationFeed<Key, Value>] = []
    for feed in feeds { opened.append(try await feed.open(partition, inputs, context)) }
    return AggregationStream(plan, opened, context)
  }
}
