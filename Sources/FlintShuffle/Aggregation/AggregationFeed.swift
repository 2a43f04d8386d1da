internal import FlintCore
internal import FlintTasks

/// One of the inputs of an aggregation, whose rows' type the aggregation does not know.
open class AggregationFeed<Key: Hashable, Value> {
  /// Only for ``RowFeed``.
  init() {}

  /// Opens the input of one partition.
  func open(_ partition: PartitionID, _ inputs: [[any RowInput]], _ context: any TaskContext) async throws
    -> AggregationFeed
  {
    preconditionFailure("a feed without rows")
  }

  /// Fetches rows, and returns how many; nil after the last.
  func fetch() async throws -> Int? { nil }

  /// Merges the rows that were fetched.
  func merge(into table: AggregationTable<Key, Value>) throws {}

  /// Bytes of memory that a row takes.
  var rowBytes: Int { 0 }
}

/// An input of rows of one type.
public final class RowFeed<Row, Key: Hashable, Value>: AggregationFeed<Key, Value> {
  private let input: KeyedInput
  private let body: (AggregationTable<Key, Value>, [Row]) throws -> Void
  private var source: RowSource<Row>?
  private var rows: [Row] = []

  /// The rows of `input`, which `body` merges.
  public init(_ input: KeyedInput, _ body: @escaping (AggregationTable<Key, Value>, [Row]) throws -> Void) {
    self.input = input
    self.body = body
    super.init()
  }

  override func open(_ partition: PartitionID, _ inputs: [[any RowInput]], _ context: any TaskContext) async throws
    -> AggregationFeed<Key, Value>
  {
    let feed = RowFeed(input, body)
    feed.source = try await input.open(partition, inputs: inputs, context: context)
    return feed
  }

  override func fetch() async throws -> Int? {
    guard let next = try await source?.next() else { return nil }
    rows = next
    return next.count
  }

  override func merge(into table: AggregationTable<Key, Value>) throws {
    try body(table, rows)
    // Let go at once: the parent's stream fills the same memory again.
    rows = []
  }

  override var rowBytes: Int { source?.weight.bytes ?? 0 }
}
