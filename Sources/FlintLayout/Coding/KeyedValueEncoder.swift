/// Writes named values.
struct KeyedValueEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  private let target: ValueEncoder.Target
  let codingPath: [any CodingKey]

  init(target: ValueEncoder.Target, codingPath: [any CodingKey]) {
    self.target = target
    self.codingPath = codingPath
    // A class and its superclass may ask for the same container one after another.
    if case .keyed = target.value { return }
    target.value = .keyed([])
  }

  mutating func encodeNil(forKey key: Key) { append(.null, key) }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    append(try ValueEncoder.encode(value, path: codingPath + [key]), key)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    child(key).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    child(key).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { child(CodedKey.superclass) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { child(key) }

  private func append(_ value: CodedValue, _ key: any CodingKey) {
    guard case .keyed(var entries) = target.value else { return }
    // Let go of the array, so that it grows in place.
    target.value = .null
    entries.append(CodedValue.Entry(key: key.stringValue, value: value))
    target.value = .keyed(entries)
  }

  private func child(_ key: any CodingKey) -> ValueEncoder {
    let encoder = ValueEncoder(codingPath: codingPath + [key])
    append(.null, key)
    if case .keyed(let entries) = target.value { target.children.append((entries.count - 1, encoder.target)) }
    return encoder
  }
}
