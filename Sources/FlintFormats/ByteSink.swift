internal import FlintColumns
internal import FlintCore
internal import Glibc

/// Bytes that grow, in counted memory.
struct ByteSink {
  private(set) var count = 0
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  /// No bytes yet, with room for `capacity`.
  init(capacity: Int = 4096, _ memory: ColumnMemory) throws(FormatFault) {
    self.memory = memory
    buffer = try memory.bytes(capacity)
  }

  var start: UnsafeMutableRawPointer { buffer.start }
  /// The bytes, until the next call that writes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer.start, count: count) }

  /// Writes them into a file.
  nonisolated(nonsending) func write(to file: any OpenFile, at offset: Int64) async throws {
    try await buffer.write(0..<count, to: file, at: offset)
  }

  mutating func removeAll() { count = 0 }

  /// Takes back what was written behind the first `count` bytes.
  mutating func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Room for `more` bytes behind the last, and 64 more that may be touched. Then comes ``add(_:)``.
  mutating func reserve(_ more: Int) throws(FormatFault) -> UnsafeMutableRawPointer {
    if count + more > buffer.count {
      buffer = try memory.bytes(max(count + more, buffer.count * 2), keeping: count, of: buffer)
    }
    return buffer.start + count
  }

  /// Takes note of bytes that were written.
  mutating func add(_ more: Int) { count += more }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    memcpy(try reserve(bytes.count), source, bytes.count)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) throws(FormatFault) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(FormatFault) in try append(UnsafeRawBufferPointer(bytes)) }
  }

  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) throws(FormatFault) {
    try reserve(MemoryLayout<Number>.size).storeBytes(of: number.littleEndian, as: Number.self)
    count += MemoryLayout<Number>.size
  }

  /// A number of as many bytes as it needs, seven bits in each.
  mutating func append(variable number: UInt64) throws(FormatFault) {
    let place = try reserve(10)
    var (number, size) = (number, 0)
    while number >= 128 {
      place.storeBytes(of: UInt8(truncatingIfNeeded: number) | 128, toByteOffset: size, as: UInt8.self)
      number >>= 7
      size += 1
    }
    place.storeBytes(of: UInt8(number), toByteOffset: size, as: UInt8.self)
    count += size + 1
  }

  mutating func append(zigzag number: Int64) throws(FormatFault) {
    try append(variable: UInt64(bitPattern: number << 1 ^ number >> 63))
  }
}
