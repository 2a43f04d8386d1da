/// Which rows a join gives, seen from the side that looks up in the table.
public enum JoinKind: Hashable, Sendable, CaseIterable {
  /// Each pair.
  case inner
  /// Each pair, and rows without one beside nulls. With ``JoinTable/unmatched()`` behind it, it is a full outer join.
  case outer
  /// Each row that has a pair, once.
  case semi
  /// Each row that has none.
  case anti
}
