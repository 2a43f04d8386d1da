/// Has a value write itself into a ``CodedValue``.
struct ValueEncoder: Encoder {
  /// What the value has written so far, shared with the containers that it asked for.
  final class Target {
    var value: CodedValue = .null
    var children: [(position: Int, target: Target)] = []

    /// The whole value, once nobody writes any more.
    func finished() -> CodedValue {
      for (position, child) in children {
        switch value {
        case .keyed(var entries):
          value = .null
          entries[position].value = child.finished()
          value = .keyed(entries)
        case .list(var elements):
          value = .null
          elements[position] = child.finished()
          value = .list(elements)
        default: value = child.finished()
        }
      }
      children = []
      return value
    }
  }

  let target = Target()
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func encode(_ value: some Encodable, path: [any CodingKey] = []) throws -> CodedValue {
    if let leaf = CodedValue(leaf: value) { return leaf }
    guard path.count < Nesting.limit else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: path, debugDescription: "nested more than \(Nesting.limit) deep"))
    }
    let encoder = ValueEncoder(codingPath: path)
    try value.encode(to: encoder)
    return encoder.target.finished()
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedValueEncoder<Key>(target: target, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    ListValueEncoder(target: target, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleValueEncoder(target: target, codingPath: codingPath)
  }
}

extension CodedValue {
  /// A value that needs no encoder; nil for all others.
  init?(leaf value: some Encodable) {
    switch value {
    case let value as String: self = .string(value)
    case let value as Bool: self = .bool(value)
    case let value as Double: self = .double(value)
    case let value as Float: self = .float(value)
    case let value as Int: self = .integer(Int64(value))
    case let value as [UInt8]: self = .bytes(value)
    case let value as any SignedInteger & FixedWidthInteger:
      self = Int64(exactly: value).map(CodedValue.integer) ?? .wide(Int128(truncatingIfNeeded: value))
    case let value as any UnsignedInteger & FixedWidthInteger:
      self = UInt64(exactly: value).map(CodedValue.unsigned) ?? .unsignedWide(UInt128(truncatingIfNeeded: value))
    default: return nil
    }
  }
}
