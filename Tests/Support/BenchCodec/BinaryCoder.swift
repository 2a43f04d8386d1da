import Glibc

/// The usual way to bytes without knowing a layout: a value writes itself by its Codable conformance, and its fields are put
/// one behind another. It can do what the rows of the benchmark need.
struct BinaryEncoder: Encoder {
  /// The bytes, shared by all containers.
  final class Target {
    var buffer = HandBuffer()
  }

  let target: Target
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields(target: target))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { preconditionFailure("rows are structs") }
  func singleValueContainer() -> any SingleValueEncodingContainer { preconditionFailure("rows are structs") }

  private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: Target
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey _: Key) { target.buffer.put(0 as UInt8) }
    func encode(_ value: Bool, forKey _: Key) { target.buffer.put(value ? 1 as UInt8 : 0) }
    func encode(_ value: Int, forKey _: Key) { target.buffer.put(value) }
    func encode(_ value: Int32, forKey _: Key) { target.buffer.put(value) }
    func encode(_ value: Double, forKey _: Key) { target.buffer.put(value) }
    func encode(_ value: String, forKey _: Key) { target.buffer.put(value) }

    func encodeIfPresent(_ value: Double?, forKey key: Key) {
      target.buffer.put(value == nil ? 0 as UInt8 : 1)
      if let value { encode(value, forKey: key) }
    }

    func encode<Value: Encodable>(_ value: Value, forKey _: Key) throws {
      try value.encode(to: BinaryEncoder(target: target))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type, forKey _: Key) -> KeyedEncodingContainer<Nested> {
      preconditionFailure("rows are flat")
    }

    func nestedUnkeyedContainer(forKey _: Key) -> any UnkeyedEncodingContainer { preconditionFailure("rows are flat") }
    func superEncoder() -> any Encoder { preconditionFailure("rows are structs") }
    func superEncoder(forKey _: Key) -> any Encoder { preconditionFailure("rows are structs") }
  }
}

/// Reads what ``BinaryEncoder`` wrote, in the same order.
struct BinaryDecoder: Decoder {
  let target: BinaryEncoder.Target
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Fields(target: target))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { preconditionFailure("rows are structs") }
  func singleValueContainer() -> any SingleValueDecodingContainer { preconditionFailure("rows are structs") }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let target: BinaryEncoder.Target
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_: Key) -> Bool { true }
    func decodeNil(forKey _: Key) throws -> Bool { try target.buffer.get(UInt8.self) == 0 }
    func decode(_: Bool.Type, forKey _: Key) throws -> Bool { try target.buffer.get(UInt8.self) == 1 }
    func decode(_: Int.Type, forKey _: Key) throws -> Int { try target.buffer.get(Int.self) }
    func decode(_: Int32.Type, forKey _: Key) throws -> Int32 { try target.buffer.get(Int32.self) }
    func decode(_: Double.Type, forKey _: Key) throws -> Double { try target.buffer.get(Double.self) }
    func decode(_: String.Type, forKey _: Key) throws -> String { try target.buffer.getText() }

    func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? {
      try decodeNil(forKey: key) ? nil : try decode(Double.self, forKey: key)
    }

    func decode<Value: Decodable>(_: Value.Type, forKey _: Key) throws -> Value {
      try Value(from: BinaryDecoder(target: target))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type, forKey _: Key) -> KeyedDecodingContainer<Nested> {
      preconditionFailure("rows are flat")
    }

    func nestedUnkeyedContainer(forKey _: Key) -> any UnkeyedDecodingContainer { preconditionFailure("rows are flat") }
    func superDecoder() -> any Decoder { preconditionFailure("rows are structs") }
    func superDecoder(forKey _: Key) -> any Decoder { preconditionFailure("rows are structs") }
  }
}

/// Rows by a binary Codable coder.
struct CodableSubject<Row: Codable>: Subject {
  private let rows: [Row]
  private let target = BinaryEncoder.Target()
  private let memory: UnsafeMutablePointer<Row>

  init(_ rows: [Row]) throws {
    self.rows = rows
    memory = .allocate(capacity: rows.count)
    _ = try encode()
    target.buffer.end = target.buffer.position
  }

  func encode() throws -> Int {
    target.buffer.position = 0
    let encoder = BinaryEncoder(target: target)
    for row in rows { try row.encode(to: encoder) }
    return target.buffer.position
  }

  func decode() throws {
    target.buffer.position = 0
    let decoder = BinaryDecoder(target: target)
    for index in rows.indices { (memory + index).initialize(to: try Row(from: decoder)) }
    memory.deinitialize(count: rows.count)
  }
}
