internal import Glibc
public import FlintCore

/// A growing run of bytes with an upper bound. Numbers are little-endian.
public struct ByteWriter: ~Copyable {
  /// The bound in bytes; whoever writes past it gets `resource-exhausted`.
  public let limit: Int
  /// Bytes written so far.
  public private(set) var count = 0
  private var capacity: Int
  /// Bytes of memory behind the capacity: short texts are written as whole words of which only a part counts.
  private static let slack = 16
  private var base: UnsafeMutableRawPointer
  /// Where the value began that is being written: columns are aligned from there.
  var origin = 0
  /// What a conversion threw.
  var cause: (any Error)?

  /// An empty writer with room for `capacity` bytes, which may grow up to `limit`.
  public init(capacity: Int = 4096, limit: Int = 1 << 31) {
    precondition(capacity >= 0 && limit >= 0, "a writer of \(capacity) of at most \(limit) bytes")
    self.capacity = min(capacity, limit)
    self.limit = limit
    base = .allocate(byteCount: self.capacity + Self.slack, alignment: 16)
  }

  deinit { base.deallocate() }

  /// The bytes written so far, valid until the next call that writes.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// A copy of the bytes written so far.
  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() {
    count = 0
    origin = 0
  }

  /// Writes a number.
  public mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) throws(FlintError) {
    do throws(LayoutFault) { try put(number) } catch { throw error.encodingError(cause: nil) }
  }

  /// Writes bytes.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FlintError) {
    do throws(LayoutFault) {
      let place = try take(bytes.count)
      if let source = bytes.baseAddress { memcpy(place, source, bytes.count) }
    } catch { throw error.encodingError(cause: nil) }
  }

  /// Writes bytes.
  public mutating func append(_ bytes: [UInt8]) throws(FlintError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(FlintError) in try append(UnsafeRawBufferPointer(bytes)) }
  }

  /// Writes the number of UTF-8 bytes of a text as 32 bits, and the bytes.
  public mutating func append(text: String) throws(FlintError) {
    guard let length = UInt32(exactly: text.utf8.count) else { throw LayoutFault.tooLarge.encodingError(cause: nil) }
    try append(length)
    try append(Array(text.utf8))
  }
}

extension ByteWriter {
  /// Makes room for `size` bytes and returns where they are to be written; valid until the next call.
  @inline(__always)
  mutating func take(_ size: Int) throws(LayoutFault) -> UnsafeMutableRawPointer {
    if _slowPath(capacity - count < size) { try grow(size) }
    let place = base + count
    count += size
    return place
  }

  /// As ``take(_:)`` for at most 16 bytes, where 16 may be written; what follows overwrites the rest.
  @inline(__always)
  mutating func takeWords(_ size: Int) throws(LayoutFault) -> UnsafeMutableRawPointer { try take(size) }

  @inline(__always)
  mutating func put<Value: BitwiseCopyable>(_ value: Value) throws(LayoutFault) {
    try take(MemoryLayout<Value>.size).storeBytes(of: value, as: Value.self)
  }

  /// The byte at `position`; valid until the next call that writes.
  @inline(__always)
  func place(_ position: Int) -> UnsafeMutableRawPointer { base + position }

  /// Fills up with zeros to a multiple of eight bytes from ``origin``.
  mutating func align() throws(LayoutFault) {
    let gap = (origin - count) & 7
    memset(try take(gap), 0, gap)
  }

  /// Takes back what was written behind `position`.
  mutating func truncate(to position: Int) {
    count = position
  }

  @inline(never)
  private mutating func grow(_ size: Int) throws(LayoutFault) {
    let (needed, overflow) = count.addingReportingOverflow(size)
    if overflow || needed > limit { throw .tooLarge }
    let larger = max(needed, min(max(2 * capacity, 64), limit))
    let fresh = UnsafeMutableRawPointer.allocate(byteCount: larger + Self.slack, alignment: 16)
    memcpy(fresh, base, count)
    base.deallocate()
    base = fresh
    capacity = larger
  }
}
