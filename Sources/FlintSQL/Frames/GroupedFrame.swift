internal import FlintCore

/// Groups of a frame's rows, of which aggregates are computed.
public struct GroupedFrame: Sendable {
  let frame: DataFrame
  let keys: [Expression]
  let place: SourceLocation

  /// The keys, and an aggregate in SQL for each of these.
  public func agg(_ columns: String..., file: String = #fileID, line: Int = #line) throws -> DataFrame {
    try aggregated(columns, at: SourceLocation(file: file, line: line))
  }

  /// The keys, and how many rows each has.
  public func count() throws -> DataFrame { try aggregated(["count(*) AS count"], at: place) }

  func aggregated(_ columns: [String], at place: SourceLocation) throws(FlintError) -> DataFrame {
    let items = try columns.map { (column) throws(FlintError) in try frame.expression(column, at: place) }
    var select = SelectQuery(items: keys + items, source: frame.query)
    select.groups = keys.map { key in
      if case .alias(let inner, _) = key.node { inner } else { key }
    }
    return frame.with(.select(select), .program(place))
  }
}
