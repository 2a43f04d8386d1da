/// The table of targets in the architecture document: each target's room and what it may import.
struct TargetTable {
  /// One row of the table.
  struct Row: Hashable {
    let name: String
    let imports: Set<String>
    let line: Int
  }

  static let path = "ARCHITECTURE.md"
  /// The heading above the table of targets that exist. What is planned stands under another heading.
  static let heading = "## Targets"

  let rows: [Row]

  /// Reads the first table below the heading: name, purpose, imports.
  init(_ text: String) {
    var isInside = false
    var rows: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("## ") { isInside = line == Self.heading }
      guard isInside else { continue }
      guard line.hasPrefix("|") else {
        if rows.isEmpty { continue }
        break
      }
      let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
      guard cells.count == 3, cells[0] != "target", !cells[0].hasPrefix("-") else { continue }
      let imports = cells[2].split { " ,`–".contains($0) }.map(String.init)
      rows.append(Row(name: cells[0].filter { $0 != "`" }, imports: Set(imports), line: index + 1))
    }
    self.rows = rows
  }
}
