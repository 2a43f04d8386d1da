internal import FlintCore

/// Groups of a frame's rows, of which aggregates are computed.
public struct GroupedFrame: Sendable {
  let frame: DataFrame
  let keys: [Expression]
  let place: SourceLocation

  /// The keys, and an aggregate in SQL for each of these.
  public func agg(_ columns: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return aggregated(columns.map { frame.expression($0, at: place) }, place)
  }

  /// The keys, and these aggregates.
  public func agg(_ columns: any ColumnConvertible..., file: String = #fileID, line: Int = #line) -> DataFrame {
    aggregated(columns.map(\.column.expression), SourceLocation(file: file, line: line))
  }

  /// The keys, and how many rows each has.
  public func count() -> DataFrame { aggregated([frame.expression("count(*) AS count", at: place)], place) }

  /// The keys, and the sums of some columns.
  public func sum(_ names: String...) -> DataFrame { each("sum", names) }
  /// The keys, and the averages of some columns.
  public func avg(_ names: String...) -> DataFrame { each("avg", names) }
  /// The keys, and the least values of some columns.
  public func min(_ names: String...) -> DataFrame { each("min", names) }
  /// The keys, and the greatest values of some columns.
  public func max(_ names: String...) -> DataFrame { each("max", names) }

  private func each(_ function: String, _ names: [String]) -> DataFrame {
    let columns = names.map { name in
      Column(function, [col(name, file: place.file, line: place.line)], .program(place)).expression
    }
    return aggregated(columns, place)
  }

  func aggregated(_ items: [Expression], _ place: SourceLocation) -> DataFrame {
    var select = SelectQuery(items: keys + items, source: frame.query)
    select.groups = keys.map { key in
      if case .alias(let inner, _) = key.node { inner } else { key }
    }
    return frame.with(.select(select), .program(place))
  }
}
