internal import FlintColumns
internal import FlintCore

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

  /// The rows of a batch. Throws `unsupported-type` for columns of nested values, which are no literals.
  static func rows(of batch: Batch, _ memory: ColumnMemory) throws(FlintError) -> [Row] {
    for field in batch.schema.fields where field.type.isNested {
      throw FlintError(
        .unsupportedType, "column \(field.name) holds \(field.type), which is not collected",
        remedy: "select its parts, or cast it to string")
    }
    let names = batch.schema.fields.map(\.name)
    let columns = try batch.columns.map { (column) throws(FlintError) in try column.flat(memory) }
    return (0..<batch.length).map { row in
      Row(names: names, values: columns.map { Literal($0, row) ?? .null })
    }
  }
}
