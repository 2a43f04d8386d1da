/// Each row of a query beside each of those that a function makes of it.
struct LateralQuery: Hashable, Sendable {
  let source: Query
  let function: FunctionCall
  let origin: Origin
  /// Whether a row of which nothing is made stands beside nulls.
  let isOuter: Bool
  let table: String
  let columns: [String]

  static func == (left: LateralQuery, right: LateralQuery) -> Bool {
    left.source == right.source && left.function == right.function && left.isOuter == right.isOuter
      && left.table == right.table && left.columns == right.columns
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(function)
    hasher.combine(table)
  }
}
