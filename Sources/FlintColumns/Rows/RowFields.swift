internal import FlintCore
internal import FlintLayout

/// The columns that rows of a user's type become.
struct RowFields {
  /// One of them, or a part of one.
  struct Field {
    enum Form {
      case plain
      /// An unscaled number and its scale, of each value.
      case decimal
      indirect case list(Field)
      case structure([Field])
    }

    let name: String
    let type: DataType
    let form: Form
    let isOptional: Bool
    /// Whether the column form has only the values that are there. Those of plain numbers and texts have a place for nil.
    let isDense: Bool

    init(_ name: String, _ type: DataType, _ form: Form = .plain) {
      (self.name, self.type, self.form, isOptional, isDense) = (name, type, form, false, false)
    }

    private init(optional field: Field) {
      (name, type, form, isOptional) = (field.name, field.type, field.form, true)
      isDense = if case .plain = form { type == .boolean } else { true }
    }

    var optional: Field { Field(optional: self) }
    /// The same for values that are all there.
    var present: Field { Field(name, type, form) }
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
    case .scalar(.decimal): return Field(name, decimal, .decimal)
    case .scalar(let scalar): if let type = dataType(scalar) { return Field(name, type) }
    case .optional(let wrapped):
      let field = try field(name, wrapped, layout)
      if !field.isOptional { return field.optional }
    case .list(let element):
      // Structures in lists may lie side by side as they do in memory, which is no column.
      if case .structure = element { break }
      if case .optional(.structure) = element { break }
      let inner = try field("element", element, layout)
      return Field(name, .list(inner.column), .list(inner))
    case .structure(let inner):
      let parts = try inner.map { (part) throws(FlintError) in try field(part.name, part.type, layout) }
      return Field(name, .structure(parts.map(\.column)), .structure(parts))
    case .vector, .set, .map, .range, .union, .coded, .recursive: break
    }
    throw FlintError(
      .unsupportedType, "the field \(name) of \(layout.type) is no column", why: "it holds \(type)",
      remedy: "map the rows to a type of numbers, texts, days, timestamps, and lists of these first")
  }

  /// What decimals of any scale become, as in Spark.
  static let decimalScale = 18
  private static let decimal = DataType.decimal(precision: DataType.maximumPrecision, scale: decimalScale)

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

  /// Throws unless a batch has these columns, where decimals may be of any digits.
  func demand(_ batch: Batch, _ type: Any.Type) throws(FlintError) {
    let columns = batch.schema.fields
    let isSame =
      fields.map(\.name) == columns.map(\.name) && zip(fields, columns).allSatisfy { Self.fits($0, $1.type) }
    guard isSame else {
      let wanted = fields.map { "\($0.name) \($0.type)" }
      let found = columns.map { "\($0.name) \($0.type)" }
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

  /// Whether a column can be the values of a field. Which parts may be null is looked at when they are.
  private static func fits(_ field: Field, _ type: DataType) -> Bool {
    switch (field.form, type) {
    case (.plain, _): field.type == type
    case (.decimal, .decimal): true
    case (.list(let inner), .list(let element)): fits(inner, element.type)
    case (.structure(let parts), .structure(let fields)):
      parts.map(\.name) == fields.map(\.name) && zip(parts, fields).allSatisfy { fits($0, $1.type) }
    default: false
    }
  }
}
