public import FlintCore
internal import Glibc

/// Makes vectors of booleans.
public final class BitBuilder: VectorBuilder {
  /// What the values are.
  public let type = DataType.boolean
  /// How many values there are so far. Who wrote through ``bytes`` sets it.
  public var count = 0
  /// Which of them are null.
  public var validity: ValidityBuilder
  /// How many fit before memory is asked for.
  public private(set) var capacity: Int
  private let firstCapacity: Int
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  /// A builder with room for `capacity` values.
  public init(capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    self.capacity = capacity
    firstCapacity = capacity
    buffer = try memory.buffer(Bits.wordBytes(capacity))
    validity = ValidityBuilder(memory)
  }

  /// Room for ``capacity`` bits. It moves when more is reserved, and when a vector is finished.
  public var bytes: UnsafeMutablePointer<UInt8> { buffer.pointer() }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) {
    guard count + more > capacity else { return }
    let wanted = max(count + more, capacity * 2, firstCapacity)
    let larger = try memory.buffer(Bits.wordBytes(wanted))
    memcpy(larger.start, buffer.start, Bits.byteCount(count))
    buffer = larger
    capacity = wanted
  }

  /// Adds a value.
  public func append(_ value: Bool) throws(FlintError) {
    if count == capacity { try reserve(1) }
    Bits.write(bytes, count, value)
    count += 1
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    try append(false)
    try validity.setNull(count - 1, capacity: capacity)
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      type, count: count, validity: try validity.finish(count), nullCount: nulls, .bits(buffer, start: 0))
    capacity = 0
    count = 0
    return vector
  }
}
