internal import FlintColumns

/// Columns as a tree of text.
enum SchemaTree {
  static func text(_ schema: Schema) -> String {
    "root\n" + schema.fields.flatMap { lines($0, " ") }.map { $0 + "\n" }.joined()
  }

  private static func lines(_ field: Field, _ indent: String) -> [String] {
    let inner = indent + "|   "
    let head = "\(indent)|-- \(field.name): \(name(field.type)) (nullable = \(field.isNullable))"
    switch field.type {
    case .list(let element):
      return [head] + lines(Field("element", element.type, isNullable: element.isNullable), inner)
    case .structure(let fields): return [head] + fields.flatMap { lines($0, inner) }
    case .map(let key, let value):
      return [head] + lines(Field("key", key.type, isNullable: false), inner)
        + lines(Field("value", value.type, isNullable: value.isNullable), inner)
    default: return [head]
    }
  }

  /// The type without what stands in the lines below.
  private static func name(_ type: DataType) -> String {
    switch type {
    case .list: "array"
    case .structure: "struct"
    case .map: "map"
    case .int8: "byte"
    case .int16: "short"
    case .int32: "integer"
    case .int64: "long"
    default: type.description
    }
  }
}
