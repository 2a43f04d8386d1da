import Glibc

/// What a careful programmer would write for one type: a fixed buffer, no checks on the way out, every length and every text
/// checked on the way in.
struct HandBuffer {
  let start = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
  var position = 0
  var end = 0

  struct Damaged: Error {}

  @inline(__always)
  mutating func put<Value: BitwiseCopyable>(_ value: Value) {
    start.storeBytes(of: value, toByteOffset: position, as: Value.self)
    position += MemoryLayout<Value>.size
  }

  @inline(__always)
  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      start.storeBytes(of: UInt32(utf8.count), toByteOffset: position, as: UInt32.self)
      if let source = utf8.baseAddress { memcpy(start + position + 4, source, utf8.count) }
      position += 4 + utf8.count
    }
  }

  @inline(__always)
  mutating func get<Value: BitwiseCopyable>(_: Value.Type) throws -> Value {
    guard position + MemoryLayout<Value>.size <= end else { throw Damaged() }
    defer { position += MemoryLayout<Value>.size }
    return start.loadUnaligned(fromByteOffset: position, as: Value.self)
  }

  @inline(__always)
  mutating func getText() throws -> String {
    let count = Int(try get(UInt32.self))
    guard position + count <= end else { throw Damaged() }
    let utf8 = UnsafeRawBufferPointer(start: start + position, count: count)
    position += count
    guard let text = String(validating: utf8, as: UTF8.self) else { throw Damaged() }
    return text
  }
}

/// Rows by hand-written functions.
struct HandSubject<Row>: Subject {
  private let rows: [Row]
  private var buffer = HandBuffer()
  private let target: UnsafeMutablePointer<Row>
  private let put: (Row, inout HandBuffer) -> Void
  private let get: (inout HandBuffer) throws -> Row

  @inline(__always)
  init(
    _ rows: [Row], put: @escaping (Row, inout HandBuffer) -> Void,
    get: @escaping (inout HandBuffer) throws -> Row
  ) {
    self.rows = rows
    self.put = put
    self.get = get
    target = .allocate(capacity: rows.count)
    for row in rows { put(row, &buffer) }
    buffer.end = buffer.position
  }

  mutating func encode() -> Int {
    buffer.position = 0
    for row in rows { put(row, &buffer) }
    return buffer.position
  }

  mutating func decode() throws {
    buffer.position = 0
    for index in 0..<rows.count { (target + index).initialize(to: try get(&buffer)) }
    target.deinitialize(count: rows.count)
  }
}

/// The bytes of the rows as they are.
struct CopySubject: Subject {
  private let rows: [Numbers]
  private let bytes = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
  private let back = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
  private var size: Int { rows.count * MemoryLayout<Numbers>.stride }

  init(_ rows: [Numbers]) {
    self.rows = rows
  }

  mutating func encode() -> Int {
    rows.withUnsafeBytes { _ = memcpy(bytes, $0.baseAddress!, size) }
    return size
  }

  mutating func decode() {
    memcpy(back, bytes, size)
  }
}
