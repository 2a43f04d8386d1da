/// What is computed for each row of the rows around it.
public enum WindowFunction: Sendable {
  /// The number of the row in its partition, from 1 on.
  case rowNumber
  /// How many rows stand before those with the same keys, plus one.
  case rank
  /// How many different keys stand before, plus one.
  case denseRank
  /// The rank minus one over the other rows of the partition; 0 where there are none.
  case percentRank
  /// The share of the partition's rows that do not stand behind.
  case cumulativeDistribution
  /// The number of the row's part when the partition is cut into so many parts as equal as can be.
  case ntile(Int)
  /// The value of a column so many rows before; outside the partition that of `otherwise`, a constant, or null.
  case lag(column: Int, by: Int, otherwise: Vector?)
  /// The value of a column so many rows behind, as for `lag`.
  case lead(column: Int, by: Int, otherwise: Vector?)
  /// The value of a column in the frame's first row.
  case firstValue(column: Int)
  /// The value of a column in the frame's last row.
  case lastValue(column: Int)
  /// The value of a column in the frame's row with this number, from 1 on; null where there is none.
  case nthValue(column: Int, Int)
  /// A function over the rows of the frame; of a column, unless it counts rows.
  case aggregate(AggregateFunction, column: Int?)
}
