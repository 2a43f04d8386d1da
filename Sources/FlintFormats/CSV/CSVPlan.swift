internal import FlintColumns
internal import FlintCore

/// Which fields of a separated record become which columns.
struct CSVPlan {
  let records: RecordPlan
  /// How many fields a record has.
  let width: Int

  init(_ scan: CSVScan) throws(FlintError) {
    records = try RecordPlan(scan.schema, scan.columns, corrupt: scan.options.columnNameOfCorruptRecord)
    width = records.inRecord.count
    guard width > 0, width <= scan.options.maxColumns else {
      throw FlintError(
        .invalidArgument, "CSV with \(width) columns cannot be read",
        why: "there is at least one, and maxColumns allows \(scan.options.maxColumns)")
    }
  }

  /// Throws when a header has other names than the schema, which is that of the file `model`, if any.
  func check(_ header: [String], _ path: String, _ model: String?) throws(FlintError) {
    let names = records.inRecord.map(\.name)
    guard ColumnNames.unique(header) != names else { return }
    throw FlintError(
      .corruptData, "\(path):1:1: the header has other names than \(model.map { "that of \($0)" } ?? "the schema")",
      why: "it is \(header.joined(separator: ", ")) in place of \(names.joined(separator: ", "))",
      remedy: "correct the schema, or set enforceSchema to true to go by the order of the columns")
  }
}
