/// Words with a meaning of their own.
enum Keywords {
  /// Words that are no names of columns, tables and functions unless they stand in backticks.
  static let reserved: Set<String> = [
    "ALL", "AND", "AS", "ASC", "BETWEEN", "BY", "CASE", "CROSS", "DESC", "DISTINCT", "ELSE", "END", "EXCEPT", "FROM",
    "FULL", "GROUP", "HAVING", "IN", "INNER", "INTERSECT", "IS", "JOIN", "LATERAL", "LIKE", "LIMIT", "MINUS",
    "NATURAL", "NOT", "ON", "OR", "ORDER", "SELECT", "THEN", "UNION", "USING", "WHEN", "WHERE", "WITH",
  ]

  /// Words that are no aliases unless AS stands before them.
  static let endAlias: Set<String> = reserved.union([
    "ANTI", "CLUSTER", "DISTRIBUTE", "LEFT", "OFFSET", "RIGHT", "SEMI", "SORT", "TABLESAMPLE", "WINDOW", "QUALIFY",
  ])

  /// Words that begin something, for advice on misspelled ones.
  static let clauses = [
    "SELECT", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "OFFSET", "JOIN", "LEFT", "RIGHT", "FULL",
    "INNER", "OUTER", "CROSS", "SEMI", "ANTI", "ON", "USING", "UNION", "EXCEPT", "INTERSECT", "WITH", "VALUES",
    "WINDOW", "PARTITION", "DISTINCT", "CASE", "WHEN", "THEN", "ELSE", "END", "AND", "BETWEEN", "LIKE", "EXPLAIN",
    "CREATE", "DROP", "AS", "DESC", "ASC", "SET",
  ]

  /// Functions that are written without brackets.
  static let bareFunctions: Set<String> = ["CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP"]
}
