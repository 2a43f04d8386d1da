internal import FlintColumns

/// A function of the rows around each row.
struct WindowCall: Hashable, Sendable {
  /// What is computed; `Vector`s and numbers of columns come later.
  enum Function: Hashable, Sendable {
    case rowNumber, rank, denseRank, percentRank, cumulativeDistribution
    case ntile(Int)
    /// The value so many rows behind, or before when negative; the second argument stands outside.
    case shifted(Int)
    case firstValue, lastValue
    case nthValue(Int)
    case aggregate(AggregateFunction.Kind)
  }

  let function: Function
  var arguments: [TypedExpression]
  var partition: [TypedExpression]
  var order: [TypedOrder]
  let frame: WindowFrame
}

extension WindowCall: CustomStringConvertible {
  var description: String {
    var inner: [String] = []
    if !partition.isEmpty { inner.append("partition by " + partition.map(\.description).joined(separator: ", ")) }
    if !order.isEmpty { inner.append("order by " + order.map(\.description).joined(separator: ", ")) }
    return "\(function)(\(arguments.map(\.description).joined(separator: ", "))) over (\(inner.joined(separator: " ")))"
  }
}
