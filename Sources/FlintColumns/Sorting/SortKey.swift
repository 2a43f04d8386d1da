/// One column that rows are sorted by.
public struct SortKey: Hashable, Sendable {
  /// The column's number.
  public let column: Int
  /// Whether the largest value stands first.
  public let isDescending: Bool
  /// Whether null stands before all values, whatever the direction.
  public let nullsFirst: Bool

  /// Sorts by a column; as in Spark, null is the least unless said otherwise.
  public init(_ column: Int, isDescending: Bool = false, nullsFirst: Bool? = nil) {
    self.column = column
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst ?? !isDescending
  }
}
