public import FlintCore
internal import Glibc

/// Makes vectors of values with a fixed width, and the codes of dictionaries.
public final class ValueBuilder<Value: BitwiseCopyable & Sendable>: VectorBuilder {
  /// What the values are.
  public let type: DataType
  /// How many values there are so far. Who wrote through ``values`` sets it.
  public var count = 0
  /// Which of them are null.
  public var validity: ValidityBuilder
  /// How many fit before memory is asked for.
  public private(set) var capacity: Int
  private let firstCapacity: Int
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  /// A builder with room for `capacity` values.
  public init(_ type: DataType, capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    precondition(type.physical.width == MemoryLayout<Value>.size, "\(type) is not as wide as \(Value.self)")
    self.type = type
    self.memory = memory
    self.capacity = capacity
    firstCapacity = capacity
    buffer = try memory.buffer(capacity * MemoryLayout<Value>.size)
    validity = ValidityBuilder(memory)
  }

  /// Room for ``capacity`` values. It moves when more is reserved, and when a vector is finished.
  public var values: UnsafeMutablePointer<Value> { buffer.pointer() }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) {
    guard count + more > capacity else { return }
    let wanted = max(count + more, capacity * 2, firstCapacity)
    let larger = try memory.buffer(wanted * MemoryLayout<Value>.size)
    memcpy(larger.start, buffer.start, count * MemoryLayout<Value>.size)
    buffer = larger
    capacity = wanted
  }

  /// Adds a value.
  public func append(_ value: Value) throws(FlintError) {
    if count == capacity { try reserve(1) }
    values[count] = value
    count += 1
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    if count == capacity { try reserve(1) }
    memset(values + count, 0, MemoryLayout<Value>.size)
    try validity.setNull(count, capacity: capacity)
    count += 1
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      type, count: count, validity: try validity.finish(count), nullCount: nulls, .values(buffer, start: 0))
    empty()
    return vector
  }

  private func empty() {
    // The memory is the vector's now; the next value asks for other.
    capacity = 0
    count = 0
  }
}

extension ValueBuilder where Value == Int32 {
  /// The values so far as numbers of `dictionary`; then the builder is empty.
  public func finish(codesOf dictionary: Vector) throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      dictionary.type, count: count, validity: try validity.finish(count), nullCount: nulls,
      .dictionary(codes: buffer, start: 0, dictionary: dictionary))
    empty()
    return vector
  }
}
