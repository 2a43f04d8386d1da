internal import FlintColumns

/// The validity bits of a vector while it is read. There is no memory for them before the first null.
struct ValidityStore {
  private(set) var count = 0
  private(set) var nullCount = 0
  private var buffer: ColumnBuffer?
  private let memory: ColumnMemory
  private let capacity: Int

  /// Bits for `capacity` values at first.
  init(capacity: Int, _ memory: ColumnMemory) {
    self.memory = memory
    self.capacity = capacity
  }

  /// Adds values that are there.
  mutating func addValid(_ more: Int) throws(FormatFault) {
    if buffer != nil { BitRuns.fill(try reserve(more), start: count, count: more, true) }
    count += more
  }

  /// Room for the bits of `more` values from number ``count`` on. Then comes ``add(_:valid:)``.
  mutating func reserve(_ more: Int) throws(FormatFault) -> UnsafeMutableRawPointer {
    let bytes = (max(count + more, capacity) + 63) / 64 * 8
    if let buffer, buffer.count >= (count + more + 63) / 64 * 8 { return buffer.start }
    let fresh: ColumnBuffer
    if let buffer {
      fresh = try memory.bytes(max(bytes, buffer.count * 2), keeping: (count + 7) / 8, of: buffer)
    } else {
      fresh = try memory.bytes(bytes)
      BitRuns.fill(fresh.start, start: 0, count: count, true)
    }
    buffer = fresh
    return fresh.start
  }

  /// Takes note of bits that were written.
  mutating func add(_ more: Int, valid: Int) {
    count += more
    nullCount += more - valid
  }

  /// The bits, if any value is null.
  var validity: Validity? { nullCount == 0 ? nil : buffer.map { Validity($0) } }
}
