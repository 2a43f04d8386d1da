package import FlintCore

/// A growing run of bytes in which frames are put together. Numbers are little-endian and unaligned.
///
/// It is not the writer of rows: that one aligns columns and carries the errors of users' conversions. This one knows frames,
/// and never fails: what is too long for a frame is told when the frame is finished.
public struct WireWriter: ~Copyable {
  /// Memory that is kept between two frames; a larger frame's goes with it.
  private static let keptCapacity = 256 << 10

  /// Bytes written so far.
  public private(set) var count = 0
  private var capacity: Int
  private var base: UnsafeMutableRawPointer

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    base = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// Calls `body` with the bytes written so far.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// A copy of the bytes written so far.
  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// Forgets what was written.
  public mutating func removeAll() {
    count = 0
    guard capacity > WireWriter.keptCapacity else { return }
    base.deallocate()
    capacity = 4096
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  /// Forgets what was written behind `position`.
  mutating func truncate(to position: Int) { count = position }

  /// The memory from `position` on; valid until the next call that writes.
  func place(_ position: Int) -> UnsafeMutableRawPointer { base + position }

  /// Makes room for `size` bytes and returns where they are to be written; valid until the next call that writes.
  @inline(__always)
  mutating func take(_ size: Int) -> UnsafeMutableRawPointer {
    if _slowPath(capacity - count < size) { grow(size) }
    let place = base + count
    count += size
    return place
  }

  @inline(never)
  private mutating func grow(_ size: Int) {
    capacity = max(count + size, 2 * capacity)
    let fresh = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    fresh.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = fresh
  }
}

extension WireWriter {
  @inline(__always)
  package mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
    take(MemoryLayout<Number>.size).storeBytes(of: number.littleEndian, as: Number.self)
  }

  @inline(__always)
  package mutating func put(_ flag: Bool) { put(flag ? 1 as UInt8 : 0) }

  @inline(__always)
  package mutating func put(_ id: some Identifier) { put(id.rawValue) }

  /// Writes bytes without their count.
  @inline(__always)
  mutating func put(raw bytes: UnsafeRawBufferPointer) {
    let place = take(bytes.count)
    if let source = bytes.baseAddress { place.copyMemory(from: source, byteCount: bytes.count) }
  }

  /// Writes the number of elements or bytes that follow.
  @inline(__always)
  package mutating func put(count: Int) { put(UInt32(truncatingIfNeeded: count)) }

  package mutating func put(bytes: [UInt8]) {
    put(count: bytes.count)
    bytes.withUnsafeBytes { put(raw: $0) }
  }

  package mutating func put(text: String) {
    var text = text
    text.withUTF8 { utf8 in
      put(count: utf8.count)
      put(raw: UnsafeRawBufferPointer(utf8))
    }
  }

  @inline(__always)
  mutating func put(_ value: some WireCodable) { value.encode(to: &self) }

  @inline(__always)
  mutating func put<Value: WireCodable>(_ value: Value?) {
    put(value != nil)
    if let value { value.encode(to: &self) }
  }

  mutating func put<Element: WireCodable>(_ elements: [Element]) {
    put(count: elements.count)
    // In place: a walk over the array copies each element, which costs more than its encoding.
    elements.withUnsafeBufferPointer { elements in
      guard let first = elements.baseAddress else { return }
      for index in elements.indices { (first + index).pointee.encode(to: &self) }
    }
  }

  package mutating func put(numbers: [UInt64]) {
    put(count: numbers.count)
    for number in numbers { put(number) }
  }
}
