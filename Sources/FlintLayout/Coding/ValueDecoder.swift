/// Has a value read itself from a ``CodedValue``.
struct ValueDecoder: Decoder {
  let value: CodedValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ value: CodedValue, path: [any CodingKey]) {
    self.value = value
    codingPath = path
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let leaf = try leaf(type) { return leaf }
    guard codingPath.count < 2 * Nesting.limit else { throw mismatch(type) }
    return try Value(from: self)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .keyed(let entries) = value else { throw mismatch([String: CodedKey].self) }
    return KeyedDecodingContainer(KeyedValueDecoder<Key>(entries, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .list, .bytes: ListValueDecoder(value, codingPath: codingPath)
    default: throw mismatch([CodedKey].self)
    }
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleValueDecoder(decoder: self) }

  /// A value that needs no decoder of its own; nil for types that read themselves.
  private func leaf<Value: Decodable>(_ type: Value.Type) throws -> Value? {
    let found: Any?
    switch type {
    case is String.Type: if case .string(let text) = value { found = text } else { found = nil }
    case is Bool.Type: if case .bool(let flag) = value { found = flag } else { found = nil }
    case is Double.Type: if case .double(let number) = value { found = number } else { found = nil }
    case is Float.Type: if case .float(let number) = value { found = number } else { found = nil }
    case is [UInt8].Type:
      guard case .bytes(let bytes) = value else { return nil }
      found = bytes
    case let type as any FixedWidthInteger.Type: found = integer(type)
    default: return nil
    }
    guard let result = found as? Value else { throw mismatch(type) }
    return result
  }

  private func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    switch value {
    case .integer(let number): Number(exactly: number)
    case .unsigned(let number): Number(exactly: number)
    case .wide(let number): Number(exactly: number)
    case .unsignedWide(let number): Number(exactly: number)
    default: nil
    }
  }

  private func mismatch(_ type: Any.Type) -> DecodingError {
    DecodingError.typeMismatch(
      type, .init(codingPath: codingPath, debugDescription: "what came does not read as \(type)"))
  }
}
