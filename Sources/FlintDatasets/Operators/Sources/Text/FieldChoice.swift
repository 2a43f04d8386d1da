/// A field of a line that is wanted, and where it goes in the row.
struct FieldChoice {
  /// Which field of the line, counted from 0.
  let column: Int
  /// Its places in the row.
  let places: [Int]

  /// The choices for a row of `columns`, in the order in which a line has them.
  static func choices(of columns: [Int]) -> [FieldChoice] {
    Set(columns).sorted().map { column in
      FieldChoice(column: column, places: columns.indices.filter { columns[$0] == column })
    }
  }
}
