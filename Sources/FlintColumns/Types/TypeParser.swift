/// Reads types and columns of a text. Each function returns nil for what it does not accept.
struct TypeParser {
  private var rest: Substring
  /// How deep the type that is read lies in others.
  private var depth = 0

  /// A text is no reason to run out of stack.
  private static let deepest = 64
  private static let names: [String: DataType] = [
    "boolean": .boolean, "tinyint": .int8, "smallint": .int16, "int": .int32, "integer": .int32, "bigint": .int64,
    "long": .int64, "float": .float, "double": .double, "date": .date, "timestamp": .timestamp, "interval": .interval,
    "string": .string, "binary": .binary,
  ]

  init(_ text: String) {
    rest = text[...]
  }

  /// Whether nothing but white space follows.
  var isAtEnd: Bool { rest.allSatisfy { $0.isWhitespace } }

  mutating func columns() -> [Field]? {
    var fields: [Field] = []
    repeat {
      guard let name = word(), let type = type() else { return nil }
      var isNullable = true
      if takes("not") {
        guard takes("null") else { return nil }
        isNullable = false
      }
      fields.append(Field(name, type, isNullable: isNullable))
    } while takes(",")
    return fields
  }

  mutating func type() -> DataType? {
    guard depth < Self.deepest, let name = word()?.lowercased() else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch name {
    case "decimal":
      guard takes("(") else { return .decimal(precision: 10, scale: 0) }
      guard let precision = word().flatMap({ Int($0) }), takes(","), let scale = word().flatMap({ Int($0) }),
        takes(")"),
        (1...DataType.maximumPrecision).contains(precision), (0...precision).contains(scale)
      else { return nil }
      return .decimal(precision: precision, scale: scale)
    case "array":
      guard takes("<"), let element = type(), takes(">") else { return nil }
      return .list(Field("element", element))
    case "map":
      guard takes("<"), let key = type(), takes(","), let value = type(), takes(">") else { return nil }
      return .map(key: Field("key", key, isNullable: false), value: Field("value", value))
    case "struct":
      guard takes("<") else { return nil }
      var fields: [Field] = []
      repeat {
        guard let field = word(), takes(":"), let type = type() else { return nil }
        fields.append(Field(field, type))
      } while takes(",")
      return takes(">") ? .structure(fields) : nil
    default: return Self.names[name]
    }
  }

  private mutating func word() -> String? {
    rest = rest.drop { $0.isWhitespace }
    let word = rest.prefix { !$0.isWhitespace && !",:<>()".contains($0) }
    rest = rest[word.endIndex...]
    return word.isEmpty ? nil : String(word)
  }

  private mutating func takes(_ text: String) -> Bool {
    let next = rest.drop { $0.isWhitespace }
    guard next.lowercased().hasPrefix(text) else { return false }
    rest = next.dropFirst(text.count)
    return true
  }
}
