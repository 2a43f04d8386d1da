internal import FlintColumns
internal import FlintCore

/// A condition, with the leaf that it is about.
struct PlacedFilter {
  let leaf: Int
  let condition: ParquetFilter.Condition
}

/// The columns that a scan needs: those that it gives, and those of its conditions.
struct ColumnSelection {
  let output: [ColumnNode]
  let filters: [PlacedFilter]
  /// All leaves, in the order of the file.
  let leaves: [Int]

  init(_ file: ParquetFile, _ scan: ParquetScan) throws(FlintError) {
    if let names = scan.columns {
      output = try names.map { (name) throws(FlintError) in try Self.column(name, file) }
    } else {
      if let first = file.unreadable.first { throw Self.unreadable(first, file) }
      output = file.tree.columns
    }
    filters = try scan.filters.map { (filter) throws(FlintError) in try Self.place(filter, file) }
    leaves = Set(output.flatMap(\.leaves) + filters.map(\.leaf)).sorted()
  }

  /// The row groups of the scan, which must be there.
  func groups(_ file: ParquetFile, _ scan: ParquetScan) throws(FlintError) -> [Int] {
    guard let groups = scan.rowGroups else { return Array(0..<file.rowGroupCount) }
    for group in groups where !(0..<file.rowGroupCount).contains(group) {
      throw FlintError(
        .invalidArgument, "\(file.path) has no row group \(group)", why: "it has \(file.rowGroupCount) of them")
    }
    return groups
  }

  private static func column(_ name: String, _ file: ParquetFile) throws(FlintError) -> ColumnNode {
    if let index = file.schema.index(of: name) { return file.tree.columns[index] }
    if let column = file.unreadable.first(where: { $0.name == name }) { throw unreadable(column, file) }
    let names = file.schema.fields.map(\.name)
    guard !names.contains(name) else {
      throw FlintError(.invalidArgument, "\(file.path) has more than one column \(name)")
    }
    throw FlintError(
      .invalidArgument, "\(file.path) has no column \(name)", why: "its columns are \(names.joined(separator: ", "))")
  }

  private static func unreadable(_ column: (name: String, reason: String), _ file: ParquetFile) -> FlintError {
    FlintError(
      .unsupportedType, "\(file.path), column \(column.name) cannot be read", why: column.reason,
      remedy: "name the columns that are wanted, without this one")
  }

  private static func place(_ filter: ParquetFilter, _ file: ParquetFile) throws(FlintError) -> PlacedFilter {
    let node = try column(filter.column, file)
    guard case .leaf(let leaf) = node.kind, file.tree.leaves[leaf]?.isFlat == true else {
      throw FlintError(.invalidArgument, "a condition is about single values, which \(node.field) does not hold")
    }
    for value in filter.condition.values where !value.fits(node.field.type) {
      throw FlintError(.invalidArgument, "values of \(node.field) are not compared with \(value)")
    }
    return PlacedFilter(leaf: leaf, condition: filter.condition)
  }
}
