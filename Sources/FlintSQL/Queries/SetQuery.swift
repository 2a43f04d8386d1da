/// Two queries with the same columns as sets of rows.
struct SetQuery: Hashable, Sendable {
  /// Which rows it gives.
  enum Kind: String, Hashable, Sendable { case union = "UNION", except = "EXCEPT", intersect = "INTERSECT" }

  let kind: Kind
  let left: Query
  let right: Query
  /// Whether rows may be there more than once.
  let keepsDuplicates: Bool
  /// Whether columns belong together by their names, not by their places; those that one side lacks are null if it is allowed.
  var isByName = false
  var allowsMissing = false
}
