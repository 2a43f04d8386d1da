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
    output = try file.columns(scan.columns).map { file.tree.columns[$0] }
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

  private static func place(_ filter: ParquetFilter, _ file: ParquetFile) throws(FlintError) -> PlacedFilter {
    let node = file.tree.columns[try file.column(filter.column)]
    guard case .leaf(let leaf) = node.kind, file.tree.leaves[leaf]?.isFlat == true else {
      throw FlintError(.invalidArgument, "a condition is about single values, which \(node.field) does not hold")
    }
    for value in filter.condition.values where !value.fits(node.field.type) {
      throw FlintError(.invalidArgument, "values of \(node.field) are not compared with \(value)")
    }
    return PlacedFilter(leaf: leaf, condition: filter.condition)
  }
}
