/// What an aggregation does, apart from where its rows come from.
public struct AggregationPlan<Key: Hashable, Value, Output> {
  /// The operation's name as users write it.
  public let name: String
  let kernel: AggregationKernel<Key, Value>
  /// Whether values grow with every row, as lists do.
  let retainsRows: Bool
  let output: (AggregationTable<Key, Value>, Range<Int>, inout [Output]) throws -> Void
  let failure: (any Error) -> any Error

  /// - Parameters:
  ///   - output: adds what becomes of the entries with these numbers.
  ///   - failure: makes the task's error of what the functions throw.
  public init(
    _ name: String, _ kernel: AggregationKernel<Key, Value>, retainsRows: Bool = false,
    output: @escaping (AggregationTable<Key, Value>, Range<Int>, inout [Output]) throws -> Void,
    failure: @escaping (any Error) -> any Error
  ) {
    self.name = name
    self.kernel = kernel
    self.retainsRows = retainsRows
    self.output = output
    self.failure = failure
  }
}
