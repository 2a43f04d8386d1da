/// Writes the fields of one struct in Thrift's compact form. They come in the order of their numbers; nil writes nothing.
struct ThriftStructWriter {
  private var bytes: [UInt8]
  private var last = 0

  /// Goes on behind `bytes`.
  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// A whole struct, whose fields `body` writes.
  static func bytes(_ body: (inout ThriftStructWriter) -> Void) -> [UInt8] {
    var writer = ThriftStructWriter()
    body(&writer)
    return writer.end()
  }

  mutating func field(_ number: Int, _ value: Bool?) {
    guard let value else { return }
    head(number, value ? .yes : .no)
  }

  mutating func field(_ number: Int, _ value: Int32?) {
    guard let value else { return }
    head(number, .int32)
    put(zigzag: Int64(value))
  }

  mutating func field(_ number: Int, _ value: Int64?) {
    guard let value else { return }
    head(number, .int64)
    put(zigzag: value)
  }

  /// A number of eight bits, which are written as they are.
  mutating func field(_ number: Int, byte: Int8) {
    head(number, .byte)
    bytes.append(UInt8(bitPattern: byte))
  }

  mutating func field(_ number: Int, _ value: [UInt8]?) {
    guard let value else { return }
    head(number, .binary)
    put(binary: value)
  }

  mutating func field(_ number: Int, _ value: String?) {
    field(number, value.map { Array($0.utf8) })
  }

  mutating func structure(_ number: Int, _ body: (inout ThriftStructWriter) -> Void) {
    head(number, .structure)
    nested(body)
  }

  mutating func list<Value>(_ number: Int, _ values: [Value], _ body: (inout ThriftStructWriter, Value) -> Void) {
    listHead(number, .structure, values.count)
    for value in values { nested { body(&$0, value) } }
  }

  mutating func list(_ number: Int, _ values: [Int32]) {
    listHead(number, .int32, values.count)
    for value in values { put(zigzag: Int64(value)) }
  }

  mutating func list(_ number: Int, _ values: [Int64]) {
    listHead(number, .int64, values.count)
    for value in values { put(zigzag: value) }
  }

  mutating func list(_ number: Int, _ values: [Bool]) {
    listHead(number, .yes, values.count)
    for value in values { bytes.append(value ? 1 : 2) }
  }

  mutating func list(_ number: Int, _ values: [[UInt8]]) {
    listHead(number, .binary, values.count)
    for value in values { put(binary: value) }
  }

  /// Everything that was written, with the mark of the struct's end.
  consuming func end() -> [UInt8] {
    bytes.append(0)
    return bytes
  }

  private mutating func nested(_ body: (inout ThriftStructWriter) -> Void) {
    var inner = ThriftStructWriter(bytes)
    bytes = []
    body(&inner)
    bytes = inner.end()
  }

  private mutating func head(_ number: Int, _ type: ThriftType) {
    let step = number - last
    precondition(step > 0, "field \(number) comes behind field \(last)")
    if step < 16 {
      bytes.append(UInt8(step) << 4 | type.rawValue)
    } else {
      bytes.append(type.rawValue)
      put(zigzag: Int64(number))
    }
    last = number
  }

  private mutating func listHead(_ number: Int, _ type: ThriftType, _ count: Int) {
    head(number, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type.rawValue)
    } else {
      bytes.append(15 << 4 | type.rawValue)
      put(unsigned: UInt64(count))
    }
  }

  private mutating func put(binary: [UInt8]) {
    put(unsigned: UInt64(binary.count))
    bytes += binary
  }

  private mutating func put(zigzag number: Int64) {
    put(unsigned: UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  private mutating func put(unsigned number: UInt64) {
    var number = number
    while number >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: number) | 128)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }
}
