/// Some rows as columns. It never changes; what works on it makes another one.
///
/// A filter need not move values: it says by ``selection`` which rows count. ``rowCount`` is how many do; a vector may have
/// more.
public struct Batch: Sendable {
  /// The columns' names and types.
  public let schema: Schema
  /// The columns, of equal length.
  public let columns: [Vector]
  /// How long each column is.
  public let length: Int
  /// The rows that count; nil for all of them.
  public let selection: Selection?

  /// A batch of columns, each of `length` values.
  public init(_ schema: Schema, _ columns: [Vector], length: Int, selection: Selection? = nil) {
    precondition(schema.fields.map(\.type) == columns.map(\.type), "the columns are not those of \(schema)")
    precondition(columns.allSatisfy { $0.count == length }, "the columns do not have \(length) values each")
    precondition(
      zip(schema.fields, columns).allSatisfy { $0.isNullable || $1.nullCount == 0 },
      "null stands where \(schema) has none")
    self.schema = schema
    self.columns = columns
    self.length = length
    self.selection = selection
  }

  /// How many rows there are.
  public var rowCount: Int { selection?.count ?? length }

  /// The same columns with other rows that count.
  public func selecting(_ selection: Selection?) -> Batch {
    Batch(schema, columns, length: length, selection: selection)
  }

  /// Some of the columns.
  public func selecting(columns numbers: [Int]) -> Batch {
    Batch(schema.selecting(numbers), numbers.map { columns[$0] }, length: length, selection: selection)
  }

  /// Some of the rows, whether they count or not, in the same memory; without a selection.
  public func slice(_ range: Range<Int>) -> Batch {
    Batch(schema, columns.map { $0.slice(range) }, length: range.count)
  }
}
