internal import FlintColumns
internal import FlintCore

/// Which fields of a record become which columns.
struct RecordPlan {
  /// The fields of the records.
  let inRecord: [Field]
  /// The columns of the batches.
  let output: Schema
  /// The numbers of the fields for them; nil for the column of malformed records.
  let numbers: [Int?]

  /// Throws `invalid-argument` for columns that there are not, and when that of malformed records, `corrupt`, is no
  /// text.
  init(_ schema: Schema, _ columns: [String]?, corrupt: String) throws(FlintError) {
    let fields = schema.fields
    if let field = fields.first(where: { $0.name == corrupt }), field.type != .string {
      throw FlintError(
        .invalidArgument, "the column \(corrupt) for malformed records is a \(field.type)", why: "it must be a string")
    }
    let wanted = try columns?.map { (name) throws(FlintError) in
      guard let index = schema.index(of: name) else {
        throw FlintError(.invalidArgument, "there is no one column \(name)", why: "the columns are \(schema)")
      }
      return index
    }
    let chosen = wanted ?? Array(fields.indices)
    inRecord = fields.filter { $0.name != corrupt }
    // A value that cannot be read is null, whatever the schema says.
    output = Schema(chosen.map { fields[$0].nullable })
    numbers = chosen.map { index in
      fields[index].name == corrupt ? nil : fields[..<index].count { $0.name != corrupt }
    }
  }
}
