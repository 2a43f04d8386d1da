package import FlintCore

/// Reads what a ``WireWriter`` wrote, from front to back. Every length is held against what is left before it is used.
///
/// It borrows the bytes: whoever makes a reader keeps them alive and unchanged while it is in use.
package struct WireReader: ~Copyable {
  private var next: UnsafeRawPointer
  private let end: UnsafeRawPointer

  package init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address; any will do, since nothing is read from it.
    next = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    end = next + bytes.count
  }

  @inline(__always)
  package var remaining: Int { end - next }

  /// Throws when something is left over.
  package func finish() throws(WireFault) {
    if remaining != 0 { throw .trailingBytes }
  }

  @inline(__always)
  mutating func take(_ size: Int) throws(WireFault) -> UnsafeRawPointer {
    if _slowPath(size > end - next) { throw .truncated }
    let place = next
    next += size
    return place
  }

  @inline(__always)
  package mutating func get<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type = Number.self
  ) throws(WireFault) -> Number {
    Number(littleEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
  }

  package mutating func getFlag() throws(WireFault) -> Bool {
    switch try get(UInt8.self) {
    case 0: return false
    case 1: return true
    default: throw .badTag
    }
  }

  @inline(__always)
  package mutating func getID<ID: Identifier>(_: ID.Type = ID.self) throws(WireFault) -> ID {
    ID(rawValue: try get())
  }

  /// The number of elements that follow, each of at least `size` bytes.
  @inline(__always)
  package mutating func getCount(ofSize size: Int) throws(WireFault) -> Int {
    let count = Int(try get(UInt32.self))
    if _slowPath(count > remaining / size) { throw .badCount }
    return count
  }

  package mutating func getBytes() throws(WireFault) -> [UInt8] {
    let count = try getCount(ofSize: 1)
    return Array(UnsafeRawBufferPointer(start: try take(count), count: count))
  }

  package mutating func getText(atMost limit: Int = .max) throws(WireFault) -> String {
    let count = try getCount(ofSize: 1)
    guard count <= limit else { throw .badText }
    let bytes = UnsafeRawBufferPointer(start: try take(count), count: count)
    if WireReader.isASCII(bytes) {
      // The general way below costs ten times as much for the short names that fill messages.
      return String(unsafeUninitializedCapacity: count) { text in
        UnsafeMutableRawBufferPointer(text).copyMemory(from: bytes)
        return bytes.count
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .badText }
    return text
  }

  @inline(__always)
  private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    return all < 0x80
  }

  package mutating func getNumbers() throws(WireFault) -> [UInt64] {
    let count = try getCount(ofSize: 8)
    let start = try take(count * 8)
    return (0..<count).map { UInt64(littleEndian: start.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
  }

  @inline(__always)
  mutating func get<Value: WireCodable>(_: Value.Type = Value.self) throws(WireFault) -> Value {
    try Value(from: &self)
  }

  mutating func getOptional<Value: WireCodable>(_: Value.Type = Value.self) throws(WireFault) -> Value? {
    try getFlag() ? try Value(from: &self) : nil
  }

  mutating func getArray<Element: WireCodable>(_: Element.Type = Element.self) throws(WireFault) -> [Element] {
    let count = try getCount(ofSize: Element.leastSize)
    guard count > 0 else { return [] }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try Element(from: &self)) }
    return elements
  }

  /// A value of an enum without payloads.
  mutating func getCase<Value: RawRepresentable>(_: Value.Type = Value.self) throws(WireFault) -> Value
  where Value.RawValue == UInt8 {
    guard let value = Value(rawValue: try get(UInt8.self)) else { throw .badTag }
    return value
  }
}
