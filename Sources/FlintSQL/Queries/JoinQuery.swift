/// Two queries side by side.
struct JoinQuery: Hashable, Sendable {
  /// Which rows it gives.
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case inner = "INNER"
    case left = "LEFT OUTER"
    case right = "RIGHT OUTER"
    case full = "FULL OUTER"
    /// The left rows that have a pair.
    case semi = "LEFT SEMI"
    /// The left rows that have none.
    case anti = "LEFT ANTI"
    /// Each row beside each.
    case cross = "CROSS"
  }

  /// Which rows are pairs.
  enum Condition: Hashable, Sendable {
    case none
    case on(Expression)
    /// Those with the same values in these columns, which the result has once.
    case using([String])
    /// Those with the same values in all columns that both sides have.
    case natural
  }

  let left: Query
  let right: Query
  let kind: Kind
  let condition: Condition
}
