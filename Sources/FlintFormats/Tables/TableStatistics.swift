/// About how many rows a table has, and which values: for planners, who only compare plans by it.
public struct TableStatistics: Sendable, Hashable {
  /// What is known of a column's values.
  public struct Column: Sendable, Hashable {
    /// The least value, where it is a number: whole numbers, days, microseconds, and decimals without their point.
    public var least: Double?
    /// The greatest value.
    public var greatest: Double?
    /// Different values there are at most.
    public var distinctCount: Double

    /// A column of which nothing else is known.
    public init(least: Double? = nil, greatest: Double? = nil, distinctCount: Double = .infinity) {
      self.least = least
      self.greatest = greatest
      self.distinctCount = distinctCount
    }
  }

  /// How many rows.
  public var rowCount: Double
  /// How many there were before conditions left these: among so many, keys are different.
  public var originalCount: Double
  /// What is known of columns, by their names.
  public var columns: [String: Column]

  /// A table of about so many rows.
  public init(rowCount: Double, columns: [String: Column] = [:]) {
    self.rowCount = rowCount
    self.columns = columns
    originalCount = rowCount
  }
}
