internal import FlintColumns
internal import FlintCore

extension Parser {
  private static let types: [String: DataType] = [
    "BOOLEAN": .boolean, "TINYINT": .int8, "BYTE": .int8, "SMALLINT": .int16, "SHORT": .int16, "INT": .int32,
    "INTEGER": .int32, "BIGINT": .int64, "LONG": .int64, "FLOAT": .float, "REAL": .float, "DOUBLE": .double,
    "DATE": .date, "TIMESTAMP": .timestamp, "STRING": .string, "BINARY": .binary, "INTERVAL": .interval,
  ]

  /// The name of a type, such as `decimal(12, 2)` or `array<string>`.
  mutating func dataType() throws(FlintError) -> DataType {
    try descend()
    defer { ascend() }
    return try plainType()
  }

  private mutating func plainType() throws(FlintError) -> DataType {
    let origin = here
    let word = try part("the name of a type").uppercased()
    if let type = Self.types[word] { return type }
    switch word {
    case "DECIMAL", "DEC", "NUMERIC": return try decimal(origin)
    case "VARCHAR", "CHAR", "CHARACTER":
      if acceptSymbol("(") {
        _ = try whole("a length")
        try expectSymbol(")")
      }
      return .string
    case "ARRAY":
      try expectSymbol("<")
      let element = try dataType()
      try expectSymbol(">")
      return .list(Field("element", element))
    case "MAP":
      try expectSymbol("<")
      let key = try dataType()
      try expectSymbol(",")
      let value = try dataType()
      try expectSymbol(">")
      return .map(key: Field("key", key, isNullable: false), value: Field("value", value))
    case "STRUCT":
      try expectSymbol("<")
      var fields: [Field] = []
      repeat {
        let name = try part("the name of a field")
        _ = acceptSymbol(":")
        fields.append(Field(name, try dataType()))
      } while acceptSymbol(",")
      try expectSymbol(">")
      return .structure(fields)
    default:
      let names = Self.types.keys.sorted() + ["DECIMAL", "ARRAY", "MAP", "STRUCT"]
      throw origin.error(
        .invalidQuery, "there is no type \(word.lowercased())",
        remedy: NearestName.find(for: word, in: names).map { "did you mean \($0.lowercased())?" })
    }
  }

  private mutating func decimal(_ origin: Origin) throws(FlintError) -> DataType {
    guard acceptSymbol("(") else { return .decimal(precision: 10, scale: 0) }
    let precision = try whole("a number of digits")
    let scale = acceptSymbol(",") ? try whole("a number of digits behind the point") : 0
    try expectSymbol(")")
    guard (1...DataType.maximumPrecision).contains(precision), (0...precision).contains(scale) else {
      throw origin.error(
        .invalidQuery, "there is no decimal(\(precision),\(scale))",
        why: "a decimal has 1 to \(DataType.maximumPrecision) digits, of which some stand behind the point")
    }
    return .decimal(precision: precision, scale: scale)
  }

  private mutating func whole(_ meaning: String) throws(FlintError) -> Int {
    guard case .number(let digits) = token.kind, let number = Int(digits) else { throw unexpected(meaning) }
    advance()
    return number
  }
}
