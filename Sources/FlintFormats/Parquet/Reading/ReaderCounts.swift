/// What a reader left out, and what it read.
public struct ReaderCounts: Sendable, Equatable {
  /// Row groups that were read in part at least.
  public var rowGroupsRead = 0
  /// Row groups of which statistics said that no row meets the conditions.
  public var rowGroupsByStatistics = 0
  /// Row groups of which a bloom filter said so.
  public var rowGroupsByBloomFilter = 0
  /// Rows of which the page index said so.
  public var rowsByPageIndex = 0
  /// Rows of whose batch none met the conditions, so that their other columns were not read.
  public var rowsByFilter = 0
}
