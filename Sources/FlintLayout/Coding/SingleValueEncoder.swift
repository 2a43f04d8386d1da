/// Writes one value.
struct SingleValueEncoder: SingleValueEncodingContainer {
  let target: ValueEncoder.Target
  let codingPath: [any CodingKey]

  mutating func encodeNil() { target.value = .null }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    if let leaf = CodedValue(leaf: value) {
      target.value = leaf
      return
    }
    // The path does not grow here, so count the level: a value that encodes itself as itself would never end.
    target.value = try ValueEncoder.encode(value, path: codingPath + [CodedKey(stringValue: "value")])
  }
}
