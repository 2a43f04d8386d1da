internal import FlintColumns

/// Where rows come from, as the user wrote it: tables are not found and names not resolved.
struct Query: Sendable {
  /// The forms of a query.
  indirect enum Node: Hashable, Sendable {
    /// A table or view by its name.
    case table([String])
    /// Files of a format.
    case files(FileSource)
    /// Rows that are written down.
    case values([[Expression]])
    /// One row without columns: what a query without FROM reads.
    case oneRow
    case select(SelectQuery)
    case join(JoinQuery)
    case set(SetQuery)
    case distinct(Query)
    case sort(Query, [SortOrder])
    case limit(Query, count: Expression?, offset: Expression?)
    /// Tables that a query defines for itself, each of which sees those before it.
    case with([NamedQuery], Query)
    case alias(Query, String, columns: [String])
    /// Each row beside each of the rows that a function makes of it.
    case lateral(LateralQuery)
    case repartition(Query, count: Int?, by: [Expression])
    case sample(Query, fraction: Double, seed: UInt64)
    case reshaped(Query, Reshaping)
    /// Rows with advice to their joins.
    case hinted(Query, JoinHint)
    /// Rows that executors keep once they were computed.
    case kept(KeptRows)
    /// The rows of a dataset.
    case dataset(DatasetSource)
    /// Nothing but an error.
    case wrong(KnownError)
  }

  let node: Node
  let origin: Origin

  init(_ node: Node, _ origin: Origin = .none) {
    self.node = node
    self.origin = origin
  }
}

extension Query: Hashable {
  static func == (left: Query, right: Query) -> Bool { left.node == right.node }
  func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// A query with a name.
struct NamedQuery: Hashable, Sendable {
  let name: String
  let columns: [String]
  let query: Query
}

/// Files of a format, and how they are to be read.
struct FileSource: Hashable, Sendable {
  /// Such as `parquet`.
  let format: String
  let paths: [String]
  /// Sorted by their names.
  var options: [Option] = []
  var schema: Schema?

  /// A setting of the format.
  struct Option: Hashable, Sendable {
    let name: String
    let value: String
  }
}
