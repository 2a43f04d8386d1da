/// What a text of SQL can say.
enum Statement: Hashable, Sendable {
  case query(Query)
  /// A name for a query, until the session ends.
  case createView(String, Query, replaces: Bool)
  case dropView(String, ifExists: Bool)
  case explain(Query, ExplainMode)
  /// A setting gets a value; without one it is shown, and without a name all are.
  case set(String?, value: String?)
  case reset(String?)

  /// How much is told of a plan.
  enum ExplainMode: String, Hashable, Sendable { case simple, extended, formatted, cost, codegen }
}
