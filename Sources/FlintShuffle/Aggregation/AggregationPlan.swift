/// What an aggregation does, apart from where its rows come from.
public struct AggregationPlan<Key: Hashable, Value, Output> {
  /// The operation's name as users write it.
  public let name: String
  let kernel: AggregationKernel<Key, Value>
  /// Whether values grow with every row, as lists do.
  let retainsRows: Bool
  let output: (AggregationTable<Key, Value>, Range<Int>, inout [Output]) throws -> Void
  let code: UserCode

  /// - Parameters:
  ///   - output: adds what becomes of the entries with these numbers.
  ///   - code: whose functions they are.
  public init(
    _ name: String, _ kernel: AggregationKernel<Key, Value>, retainsRows: Bool = false,
    output: @escaping (AggregationTable<Key, Value>, Range<Int>, inout [Output]) throws -> Void,
    code: UserCode
  ) {
    self.name = name
    self.kernel = kernel
    self.retainsRows = retainsRows
    self.output = output
    self.code = code
  }
}
