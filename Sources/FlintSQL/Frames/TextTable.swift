internal import FlintColumns
internal import FlintCore

/// Rows as a table of text.
enum TextTable {
  /// The first rows of a batch; a line below says if there are more.
  static func text(_ batch: Batch, count: Int, width: Int, _ kernels: Kernels) throws(FlintError) -> String {
    var columns: [[String]] = []
    for (field, column) in zip(batch.schema.fields, batch.columns) {
      let isShown = field.type != .interval
      let texts = isShown ? try kernels.cast(column, to: .string).flat(kernels.memory) : column
      var cells = [cut(field.name, width)]
      for row in 0..<min(count, batch.length) {
        let value = isShown ? String(decoding: texts.text(row), as: UTF8.self) : Literal(column, row)?.description ?? ""
        cells.append(column.isNull(row) ? "NULL" : cut(value, width))
      }
      columns.append(cells)
    }
    let widths = columns.map { column in column.reduce(3) { max($0, $1.count) } }
    let rule = "+" + widths.map { String(repeating: "-", count: $0) + "+" }.joined()
    var lines = [rule]
    for row in 0...min(count, batch.length) {
      let cells = zip(columns, widths).map { cells, width in
        String(repeating: " ", count: width - cells[row].count) + cells[row] + "|"
      }
      lines.append("|" + cells.joined())
      if row == 0 { lines.append(rule) }
    }
    lines.append(rule)
    if batch.length > count { lines.append("only showing top \(count) row\(count == 1 ? "" : "s")") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    text.count > width && width > 3 ? text.prefix(width - 3) + "..." : text
  }
}
