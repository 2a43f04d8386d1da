/// Reads one value.
struct SingleValueDecoder: SingleValueDecodingContainer {
  let decoder: ValueDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value == .null }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    // The path does not grow here, so count the level: a type that decodes itself as itself would never end.
    try ValueDecoder(decoder.value, path: codingPath + [CodedKey(stringValue: "value")]).decode(type)
  }
}
