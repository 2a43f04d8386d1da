// The library's containers have requirements of their own for the two widest integers, with defaults that throw. Here they
// go the way of all other values; `leaf` is generic, so that it does not end up here again.

extension ListValueDecoder {
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try leaf(type) }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try leaf(type) }

  private mutating func leaf<Value: Decodable>(_ type: Value.Type) throws -> Value { try decode(type) }
}

extension KeyedValueDecoder {
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try leaf(type, forKey: key) }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try leaf(type, forKey: key) }

  private func leaf<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decode(type, forKey: key)
  }
}

extension SingleValueDecoder {
  func decode(_ type: Int128.Type) throws -> Int128 { try leaf(type) }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try leaf(type) }

  private func leaf<Value: Decodable>(_ type: Value.Type) throws -> Value { try decode(type) }
}
