internal import FlintColumns

/// What the values of a field are, as far as they were seen.
enum JSONType {
  /// Nothing but null.
  case none
  case single(DataType)
  indirect case list(JSONType)
  case object([(name: String, type: JSONType)])

  /// The type that holds the values of both; what nothing else holds is a text.
  func joined(_ other: JSONType) -> JSONType {
    switch (self, other) {
    case (.none, let type), (let type, .none): return type
    case (.single(let first), .single(let second)):
      // Without a type in common there is text left.
      return .single(InferredType.joined(first, second) ?? .string)
    case (.list(let first), .list(let second)): return .list(first.joined(second))
    case (.object(let fields), .object(let others)):
      var all = fields
      for field in others {
        if let index = all.firstIndex(where: { $0.name == field.name }) {
          all[index].type = all[index].type.joined(field.type)
        } else {
          all.append(field)
        }
      }
      return .object(all)
    default: return .single(.string)
    }
  }

  /// The type of a column. What was always null is a text, as is an object without fields.
  func type(dropsNull: Bool) -> DataType {
    switch self {
    case .none: return .string
    case .single(let type): return type
    case .list(let element): return .list(Field("element", element.type(dropsNull: dropsNull)))
    case .object(let fields):
      let kept = JSONType.fields(fields, dropsNull: dropsNull)
      return kept.isEmpty ? .string : .structure(kept)
    }
  }

  static func fields(_ fields: [(name: String, type: JSONType)], dropsNull: Bool) -> [Field] {
    fields.compactMap { field in
      if dropsNull, case .none = field.type { return nil }
      return Field(field.name, field.type.type(dropsNull: dropsNull))
    }
  }

  /// Types lie no deeper in others: each level is a call within a call.
  private static let deepest = 50

  /// The type of the value that comes next. What lies too deep in others is a text.
  static func of(
    _ scanner: inout JSONScanner, _ context: JSONContext, depth: Int = 0
  ) throws(JSONFault) -> JSONType {
    guard depth < deepest else {
      try scanner.skip()
      return .single(.string)
    }
    switch try scanner.demand() {
    case UInt8(ascii: "{"):
      scanner.place += 1
      return .object(try fields(&scanner, context, depth))
    case UInt8(ascii: "["):
      scanner.place += 1
      var element = JSONType.none
      if try scanner.takes("]") { return .list(.none) }
      repeat {
        element = element.joined(try of(&scanner, context, depth: depth + 1))
      } while try scanner.goesOn(until: "]")
      return .list(element)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      _ = try scanner.text()
      return .single(.string)
    default: return single(scanner, try scanner.plain(), context.options)
    }
  }

  /// The fields of an object, behind its brace.
  private static func fields(
    _ scanner: inout JSONScanner, _ context: JSONContext, _ depth: Int
  ) throws(JSONFault) -> [(name: String, type: JSONType)] {
    var fields: [(name: String, type: JSONType)] = []
    if try scanner.takes("}") { return [] }
    repeat {
      let name = String(decoding: try context.text(scanner, try scanner.name()), as: UTF8.self)
      let type = try of(&scanner, context, depth: depth + 1)
      if !fields.contains(where: { $0.name == name }) { fields.append((name, type)) }
    } while try scanner.goesOn(until: "}")
    return fields
  }

  private static func single(_ scanner: JSONScanner, _ range: Range<Int>, _ options: JSONOptions) -> JSONType {
    if scanner.says("null", range) { return .none }
    if options.primitivesAsString { return .single(.string) }
    if scanner.says("true", range) || scanner.says("false", range) { return .single(.boolean) }
    let text = UnsafeBufferPointer(start: scanner.bytes + range.lowerBound, count: range.count)
    let isWhole = text.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }
    if isWhole, NumberText.whole(text, isLenient: false) != nil { return .single(.int64) }
    let digits = text.count { $0 &- 48 < 10 }
    if isWhole, digits <= DataType.maximumPrecision { return .single(.decimal(precision: max(20, digits), scale: 0)) }
    if options.prefersDecimal, digits <= DataType.maximumPrecision,
      !text.contains(where: { $0 | 32 == UInt8(ascii: "e") }),
      let point = text.firstIndex(of: UInt8(ascii: "."))
    {
      return .single(.decimal(precision: digits, scale: text.count - point - 1))
    }
    return .single(.double)
  }
}
