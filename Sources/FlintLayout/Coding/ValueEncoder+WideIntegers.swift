// The library's containers have requirements of their own for the two widest integers, with defaults that throw. Here they
// go the way of all other values; `leaf` is generic, so that it does not end up here again.

extension ListValueEncoder {
  mutating func encode(_ value: Int128) throws { try leaf(value) }
  mutating func encode(_ value: UInt128) throws { try leaf(value) }

  private mutating func leaf<Value: Encodable>(_ value: Value) throws { try encode(value) }
}

extension KeyedValueEncoder {
  mutating func encode(_ value: Int128, forKey key: Key) throws { try leaf(value, forKey: key) }
  mutating func encode(_ value: UInt128, forKey key: Key) throws { try leaf(value, forKey: key) }

  private mutating func leaf<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try encode(value, forKey: key)
  }
}

extension SingleValueEncoder {
  mutating func encode(_ value: Int128) throws { try leaf(value) }
  mutating func encode(_ value: UInt128) throws { try leaf(value) }

  private mutating func leaf<Value: Encodable>(_ value: Value) throws { try encode(value) }
}
