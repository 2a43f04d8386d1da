internal import FlintColumns
internal import FlintCore

/// Rows as text for people.
struct TextTable {
  /// How many characters of a cell are shown; 0 for all.
  let width: Int
  let kernels: Kernels

  /// The first rows as a table; a line below says if there are more.
  func text(_ batch: Batch, count: Int) throws(FlintError) -> String {
    let columns = try cells(batch, count)
    let widths = columns.map { column in column.reduce(3) { max($0, $1.count) } }
    let rule = "+" + widths.map { String(repeating: "-", count: $0) + "+" }.joined()
    var lines = [rule]
    for row in 0...min(count, batch.length) {
      let cells = zip(columns, widths).map { cells, width in
        // As in Spark, cut cells stand to the right, and whole ones to the left.
        let blanks = String(repeating: " ", count: width - cells[row].count)
        return (self.width > 0 ? blanks + cells[row] : cells[row] + blanks) + "|"
      }
      lines.append("|" + cells.joined())
      if row == 0 { lines.append(rule) }
    }
    lines.append(rule)
    return lines.joined(separator: "\n") + "\n" + rest(batch, count)
  }

  /// The first rows as blocks with a line for each column.
  func records(_ batch: Batch, count: Int) throws(FlintError) -> String {
    let columns = try cells(batch, count)
    let nameWidth = columns.reduce(0) { max($0, $1[0].count) }
    let valueWidth = columns.reduce(0) { $1.dropFirst().reduce($0) { max($0, $1.count) } }
    var text = ""
    for row in 0..<min(count, batch.length) {
      let head = "-RECORD \(row)"
      let missing = max(0, nameWidth + valueWidth + 4 - head.count)
      text += head + String(repeating: "-", count: missing) + "\n"
      for column in columns {
        let blanks = String(repeating: " ", count: nameWidth - column[0].count)
        text += " \(column[0])\(blanks) | \(column[row + 1])\n"
      }
    }
    return text + rest(batch, count)
  }

  /// The cells of each column, its name first.
  private func cells(_ batch: Batch, _ count: Int) throws(FlintError) -> [[String]] {
    var columns: [[String]] = []
    for (field, column) in zip(batch.schema.fields, batch.columns) {
      let isShown = field.type != .interval
      let texts = isShown ? try kernels.cast(column, to: .string).flat(kernels.memory) : column
      var cells = [cut(field.name)]
      for row in 0..<min(count, batch.length) {
        let value = isShown ? String(decoding: texts.text(row), as: UTF8.self) : Literal(column, row)?.description ?? ""
        cells.append(column.isNull(row) ? "NULL" : cut(value))
      }
      columns.append(cells)
    }
    return columns
  }

  private func rest(_ batch: Batch, _ count: Int) -> String {
    batch.length > count ? "only showing top \(count) row\(count == 1 ? "" : "s")\n" : ""
  }

  private func cut(_ text: String) -> String {
    guard width > 0, text.count > width else { return text }
    return width > 3 ? text.prefix(width - 3) + "..." : String(text.prefix(width))
  }
}
