/// Reads values one after another.
struct ListValueDecoder: UnkeyedDecodingContainer {
  private let value: CodedValue
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(_ value: CodedValue, codingPath: [any CodingKey]) {
    self.value = value
    self.codingPath = codingPath
  }

  var count: Int? {
    switch value {
    case .list(let elements): elements.count
    case .bytes(let bytes): bytes.count
    default: 0
    }
  }

  var isAtEnd: Bool { currentIndex >= count ?? 0 }

  mutating func decodeNil() throws -> Bool {
    guard try element(Never?.self) == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let result = try decoder(type).decode(type)
    // Only a value that was read counts.
    currentIndex += 1
    return result
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    let container = try decoder(type).container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try decoder([CodedKey].self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try decoder((any Decoder).self)
    currentIndex += 1
    return decoder
  }

  private func decoder(_ type: Any.Type) throws -> ValueDecoder {
    ValueDecoder(try element(type), path: codingPath + [CodedKey(intValue: currentIndex)])
  }

  private func element(_ type: Any.Type) throws -> CodedValue {
    switch value {
    case .list(let elements) where currentIndex < elements.count: return elements[currentIndex]
    case .bytes(let bytes) where currentIndex < bytes.count: return .unsigned(UInt64(bytes[currentIndex]))
    default:
      throw DecodingError.valueNotFound(type, .init(codingPath: codingPath, debugDescription: "the list is at its end"))
    }
  }
}
