internal import FlintColumns
internal import FlintCore
internal import FlintFormats

/// Which parts of a table hold rows that may meet a condition on values that stand in the names of folders.
struct PartitionPruning {
  private let scan: TableScan
  private let names: [String]
  private let folding: Folding

  init(_ scan: TableScan, _ partition: Schema, _ kernels: Kernels, zones: [String: ZoneRules]) {
    self.scan = scan
    names = partition.fields.map(\.name)
    folding = Folding(kernels, zones: zones)
  }

  /// Those whose values meet the condition.
  func parts(_ parts: [FilePart]) throws(FlintError) -> [FilePart] {
    var wanted: [FilePart] = []
    for part in parts where try isWanted(part.values) { wanted.append(part) }
    return wanted
  }

  func isWanted(_ values: [String?]) throws(FlintError) -> Bool {
    guard let filter = scan.partitionFilter else { return true }
    let known = filter.replacing { part in
      guard case .column(_, let name) = part.node, let place = names.firstIndex(of: name) else { return nil }
      guard let value = values[place] else { return TypedExpression(.null, part.type, part.origin) }
      let text = TypedExpression(.string(value), nil, part.origin)
      if part.type == .string { return text }
      return TypedExpression(.cast(text, orNull: false), part.type, isNullable: false, part.origin)
    }
    return try folding.value(of: known) == .boolean(true)
  }
}
