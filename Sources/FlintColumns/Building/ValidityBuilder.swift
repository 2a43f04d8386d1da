public import FlintCore
internal import Glibc

/// Collects which values are null. Takes no memory before the first one is.
public struct ValidityBuilder {
  /// How many values are null so far.
  public private(set) var nullCount = 0
  private var buffer: ColumnBuffer?
  private let memory: ColumnMemory

  /// No nulls yet; their bits will come from `memory`.
  public init(_ memory: ColumnMemory) {
    self.memory = memory
  }

  /// Makes value `row` null, of a vector with room for `capacity`. A row is made null at most once.
  public mutating func setNull(_ row: Int, capacity: Int) throws(FlintError) {
    Bits.clear(try bits(capacity: capacity), row)
    nullCount += 1
  }

  /// The bits of a vector with room for `capacity`, each set that nobody cleared. Who clears some here says so by
  /// ``countNulls(_:)``.
  public mutating func bits(capacity: Int) throws(FlintError) -> UnsafeMutablePointer<UInt8> {
    let needed = Bits.wordBytes(capacity)
    if let buffer, buffer.count >= needed { return buffer.pointer() }
    let old = buffer?.count ?? 0
    let larger = try memory.buffer(max(needed, 2 * old))
    if let buffer { memcpy(larger.start, buffer.start, old) }
    memset(larger.start + old, 0xFF, larger.count - old)
    buffer = larger
    return larger.pointer()
  }

  /// Counts bits that were cleared in ``bits(capacity:)``.
  public mutating func countNulls(_ more: Int) { nullCount += more }

  /// The bits of `count` values, or nil when none is null; the builder is as new.
  public mutating func finish(_ count: Int) throws(FlintError) -> Validity? {
    if nullCount > 0 { _ = try bits(capacity: count) }
    defer { self = ValidityBuilder(memory) }
    guard nullCount > 0, let buffer else { return nil }
    return Validity(buffer)
  }
}
