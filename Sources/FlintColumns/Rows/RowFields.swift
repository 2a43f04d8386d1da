internal import FlintCore
internal import FlintLayout

/// The columns that rows of a user's type become.
struct RowFields {
  struct Field {
    let name: String
    let type: DataType
    let isOptional: Bool
    /// Of a structure its parts.
    let parts: [Field]

    var column: FlintColumns.Field { FlintColumns.Field(name, type, isNullable: isOptional) }
  }

  let fields: [Field]

  var schema: Schema { Schema(fields.map(\.column)) }

  init(_ layout: RowLayout) throws(FlintError) {
    switch layout.columnType {
    case .structure(let parts):
      fields = try parts.enumerated().map { (part) throws(FlintError) in
        // Elements of tuples without a label are numbered from 1 on, as Spark names them.
        let name = part.element.name.isEmpty ? "_\(part.offset + 1)" : part.element.name
        return try Self.field(name, part.element.type, layout)
      }
    case let type: fields = [try Self.field("value", type, layout)]
    }
  }

  private static func field(_ name: String, _ type: ColumnType, _ layout: RowLayout) throws(FlintError) -> Field {
    switch type {
    case .scalar(let scalar):
      if let type = dataType(scalar) { return Field(name: name, type: type, isOptional: false, parts: []) }
    case .optional(.scalar(let scalar)):
      // Booleans that may be missing have a form that no vector has.
      if let type = dataType(scalar), type != .boolean {
        return Field(name: name, type: type, isOptional: true, parts: [])
      }
    case .structure(let inner):
      let parts = try inner.map { (part) throws(FlintError) in try field(part.name, part.type, layout) }
      return Field(name: name, type: .structure(parts.map(\.column)), isOptional: false, parts: parts)
    case .vector, .optional, .list, .set, .map, .range, .union, .coded, .recursive: break
    }
    throw FlintError(
      .unsupportedType, "the field \(name) of \(layout.type) is no column", why: "it holds \(type)",
      remedy: "map the rows to a type of numbers, texts, days and timestamps first")
  }

  private static func dataType(_ scalar: ColumnType.Scalar) -> DataType? {
    switch scalar {
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .float32: .float
    case .float64: .double
    case .bool: .boolean
    case .string: .string
    case .day: .date
    case .timestamp: .timestamp
    case .int128, .uint8, .uint16, .uint32, .uint64, .uint128, .float16, .character, .unicodeScalar, .decimal, .uuid,
      .duration, .date:
      nil
    }
  }

  /// Throws unless a batch has these columns.
  func demand(_ batch: Batch, _ type: Any.Type) throws(FlintError) {
    let wanted = fields.map { "\($0.name) \($0.type)" }
    let found = batch.schema.fields.map { "\($0.name) \($0.type)" }
    guard wanted == found else {
      throw FlintError(
        .layoutMismatch, "these columns are not rows of \(type)",
        why: "they are \(found.joined(separator: ", ")), not \(wanted.joined(separator: ", "))",
        remedy: "select the columns by their names, and cast them")
    }
    for (field, column) in zip(fields, batch.columns) where !field.isOptional && column.nullCount > 0 {
      throw FlintError(
        .layoutMismatch, "the column \(field.name) holds null, which \(type) does not",
        remedy: "make the field an optional, or filter the nulls out")
    }
  }
}
