/// Reads named values.
struct KeyedValueDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let values: [String: CodedValue]
  private let names: [String]
  let codingPath: [any CodingKey]

  init(_ entries: [CodedValue.Entry], codingPath: [any CodingKey]) {
    // Of a name that comes twice the last counts, as it did for whoever wrote it.
    values = Dictionary(entries.map { ($0.key, $0.value) }) { $1 }
    names = entries.map(\.key)
    self.codingPath = codingPath
  }

  var allKeys: [Key] { names.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key) == .null }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder(CodedKey.superclass) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

  private func value(_ key: any CodingKey) throws -> CodedValue {
    guard let value = values[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "nothing came for \(key.stringValue)"))
    }
    return value
  }

  private func decoder(_ key: any CodingKey) throws -> ValueDecoder {
    ValueDecoder(try value(key), path: codingPath + [key])
  }
}
