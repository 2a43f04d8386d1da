internal import FlintColumns
internal import FlintCore

/// The columns of several files, which must agree.
struct SchemaAgreement {
  /// All columns so far, in the order in which they were first seen.
  private(set) var schema: Schema
  /// For each the file where it was first seen.
  private var origins: [String]

  init(_ schema: Schema, of path: String) {
    self.schema = Schema(schema.fields.map { Field($0.name, $0.type) })
    origins = schema.fields.map { _ in path }
  }

  /// Adds the columns of one more file. Throws `corrupt-data` when it has a column with another type.
  mutating func merge(_ other: Schema, of path: String) throws(FlintError) {
    for field in other.fields {
      if let index = schema.index(of: field.name) {
        try Self.check(schema.fields[index], origins[index], field, path)
      } else {
        schema = Schema(schema.fields + [Field(field.name, field.type)])
        origins.append(path)
      }
    }
  }

  /// Throws when a file has other columns than a table whose columns are those of `model`. With `mayLack` it may have
  /// fewer.
  static func check(_ table: Schema, of model: String, _ file: Schema, _ path: String, mayLack: Bool) throws(FlintError)
  {
    for field in table.fields {
      if let index = file.index(of: field.name) {
        try check(field, model, file.fields[index], path)
      } else if !mayLack {
        throw FlintError(
          .corruptData, "\(model) and \(path) have different columns",
          why: "the second has no one column \(field.name)",
          remedy: "set mergeSchema to true to have null there")
      }
    }
    if let more = file.fields.first(where: { table.index(of: $0.name) == nil }), !mayLack {
      throw FlintError(
        .corruptData, "\(model) and \(path) have different columns", why: "the first has no column \(more.name)",
        remedy: "set mergeSchema to true to have null there")
    }
  }

  private static func check(_ field: Field, _ model: String, _ other: Field, _ path: String) throws(FlintError) {
    guard field.nullable.type != other.nullable.type else { return }
    throw FlintError(
      .corruptData, "\(model) and \(path) have different columns",
      why: "\(field.name) is \(field.type) in the first and \(other.type) in the second",
      remedy: "write one of them again with the other's type, or read them apart")
  }
}
