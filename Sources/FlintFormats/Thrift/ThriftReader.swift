/// Reads Thrift's compact form. Every length is held against the bytes that are left, and nesting is bounded.
///
/// It borrows its bytes: whoever makes a reader keeps them alive and unchanged while it is in use.
struct ThriftReader {
  /// Deeper values are refused: those of Parquet's metadata lie no deeper than ten.
  static let maximumDepth = 32

  private let start: UnsafeRawPointer
  private var next: UnsafeRawPointer
  private let end: UnsafeRawPointer
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address; any will do, since nothing is read from it.
    start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    next = start
    end = start + bytes.count
  }

  /// Bytes that are read.
  var consumed: Int { next - start }
  private var remaining: Int { end - next }

  /// Reads a struct: `body` gets each field's number and type, and reads its value or says that it did not, and then the
  /// value is stepped over.
  mutating func structure(
    _ body: (inout ThriftReader, Int, ThriftType) throws(FormatFault) -> Bool
  ) throws(FormatFault) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw .damaged("its metadata is nested too deeply") }
    var last = 0
    while true {
      let head = try byte()
      guard let type = ThriftType(rawValue: head & 15) else { throw Self.badType }
      if type == .stop { break }
      last = head >> 4 == 0 ? Int(try int16()) : last + Int(head >> 4)
      if try !body(&self, last, type) { try skip(type) }
    }
    depth -= 1
  }

  /// Reads a list of values of one type, of which each takes `leastSize` bytes at least: so the length of a list that fits
  /// its bytes also bounds the memory for what is read.
  mutating func list<Value>(
    _ type: ThriftType, leastSize: Int = 1, _ body: (inout ThriftReader) throws(FormatFault) -> Value
  ) throws(FormatFault) -> [Value] {
    let (element, count) = try listHead()
    // Empty lists of some writers name no type.
    guard element == type || count == 0 || element.isBoolean && type.isBoolean else { throw Self.badType }
    guard count <= remaining / leastSize else { throw .truncated("a list in its metadata") }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }

  /// A truth value that is an element of a list; one that is a field lies in the field's type.
  mutating func listedBool() throws(FormatFault) -> Bool {
    switch try byte() {
    case 1: true
    // Old writers say 0, newer ones 2.
    case 0, 2: false
    default: throw .damaged("a truth value in its metadata is neither true nor false")
    }
  }

  mutating func int8() throws(FormatFault) -> Int8 { Int8(bitPattern: try byte()) }
  mutating func int16() throws(FormatFault) -> Int16 { try narrow() }
  mutating func int32() throws(FormatFault) -> Int32 { try narrow() }

  mutating func int64() throws(FormatFault) -> Int64 {
    let number = try unsigned()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// Bytes, which live as long as the reader's own.
  mutating func binary() throws(FormatFault) -> UnsafeRawBufferPointer {
    guard let count = Int(exactly: try unsigned()), count <= remaining else {
      throw .truncated("a text in its metadata")
    }
    defer { next += count }
    return UnsafeRawBufferPointer(start: next, count: count)
  }

  mutating func bytes() throws(FormatFault) -> [UInt8] { Array(try binary()) }

  mutating func text() throws(FormatFault) -> String {
    guard let text = String(validating: try binary(), as: UTF8.self) else {
      throw .damaged("a text in its metadata is not UTF-8")
    }
    return text
  }

  /// Steps over a value.
  mutating func skip(_ type: ThriftType) throws(FormatFault) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw .damaged("its metadata is nested too deeply") }
    switch type {
    case .stop: throw Self.badType
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try unsigned()
    case .double:
      guard remaining >= 8 else { throw .truncated("its metadata") }
      next += 8
    case .binary: _ = try binary()
    case .list, .set:
      let (element, count) = try listHead()
      for _ in 0..<count { try skipElement(element) }
    case .map: try skipMap()
    case .structure: try structure { (_, _, _) throws(FormatFault) in false }
    }
    depth -= 1
  }

  private mutating func skipMap() throws(FormatFault) {
    guard let count = Int(exactly: try unsigned()), count <= remaining else { throw .truncated("its metadata") }
    guard count > 0 else { return }
    let types = try byte()
    guard let key = ThriftType(rawValue: types >> 4), let value = ThriftType(rawValue: types & 15) else {
      throw Self.badType
    }
    for _ in 0..<count {
      try skipElement(key)
      try skipElement(value)
    }
  }

  /// A truth value takes a byte of its own where it is an element.
  private mutating func skipElement(_ type: ThriftType) throws(FormatFault) {
    if type.isBoolean { _ = try byte() } else { try skip(type) }
  }

  private mutating func listHead() throws(FormatFault) -> (ThriftType, Int) {
    let head = try byte()
    guard let type = ThriftType(rawValue: head & 15) else { throw Self.badType }
    guard head >> 4 == 15 else { return (type, Int(head >> 4)) }
    // Every element takes a byte at least.
    guard let count = Int(exactly: try unsigned()), count <= remaining else {
      throw .truncated("a list in its metadata")
    }
    return (type, count)
  }

  private mutating func byte() throws(FormatFault) -> UInt8 {
    guard next < end else { throw .truncated("its metadata") }
    defer { next += 1 }
    return next.load(as: UInt8.self)
  }

  private mutating func unsigned() throws(FormatFault) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      number |= UInt64(byte & 127) << shift
      if byte < 128 { return number }
    }
    throw .damaged("a number in its metadata has too many bytes")
  }

  private mutating func narrow<Number: FixedWidthInteger>() throws(FormatFault) -> Number {
    guard let number = Number(exactly: try int64()) else {
      throw .damaged("a number in its metadata is out of range")
    }
    return number
  }

  private static let badType = FormatFault.damaged("a value in its metadata has an unknown or unexpected type")
}

extension ThriftType {
  var isBoolean: Bool { self == .yes || self == .no }
}
