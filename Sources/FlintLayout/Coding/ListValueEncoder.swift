/// Writes values one after another.
struct ListValueEncoder: UnkeyedEncodingContainer {
  private let target: ValueEncoder.Target
  let codingPath: [any CodingKey]
  private(set) var count = 0

  init(target: ValueEncoder.Target, codingPath: [any CodingKey]) {
    self.target = target
    self.codingPath = codingPath
    target.value = .list([])
  }

  mutating func encodeNil() { append(.null) }

  mutating func encode(_ value: UInt8) {
    if count == 0 { target.value = .bytes([]) }
    guard case .bytes(var bytes) = target.value else { return append(.unsigned(UInt64(value))) }
    // Let go of the array, so that it grows in place.
    target.value = .null
    bytes.append(value)
    target.value = .bytes(bytes)
    count += 1
  }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    append(try ValueEncoder.encode(value, path: codingPath + [CodedKey(intValue: count)]))
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    child().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { child() }

  private mutating func append(_ value: CodedValue) {
    var elements: [CodedValue] = []
    switch target.value {
    case .list(let list): elements = list
    // The first value that is no byte turns the bytes into a list.
    case .bytes(let bytes): elements = bytes.map { .unsigned(UInt64($0)) }
    default: break
    }
    target.value = .null
    elements.append(value)
    target.value = .list(elements)
    count += 1
  }

  private mutating func child() -> ValueEncoder {
    let encoder = ValueEncoder(codingPath: codingPath + [CodedKey(intValue: count)])
    append(.null)
    target.children.append((count - 1, encoder.target))
    return encoder
  }
}
