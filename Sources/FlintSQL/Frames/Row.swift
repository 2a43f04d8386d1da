internal import FlintColumns

/// One row of a result.
public struct Row: Hashable, Sendable {
  /// The columns' names.
  public let names: [String]
  /// A value for each.
  public let values: [Literal]

  /// The value of a column by its number, from 0 on.
  public subscript(column: Int) -> Literal { values[column] }

  /// The value of the first column with a name; nil when there is none.
  public subscript(name: String) -> Literal? {
    names.firstIndex { $0.lowercased() == name.lowercased() }.map { values[$0] }
  }

  /// The rows of a batch, all of which count.
  static func rows(of batch: Batch) -> [Row] {
    let names = batch.schema.fields.map(\.name)
    return (0..<batch.length).map { row in
      Row(names: names, values: batch.columns.map { Literal(any: $0, row) })
    }
  }
}
