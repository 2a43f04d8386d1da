public import FlintCore

/// Makes vectors of maps: add to ``keys`` and ``values`` alike, then call ``endMap()``. Keys must not be null; that they
/// differ is not checked.
public final class MapBuilder: VectorBuilder {
  /// What the values are.
  public let type: DataType
  /// How many there are so far.
  public private(set) var count = 0
  /// Which of them are null.
  public private(set) var validity: ValidityBuilder
  /// The keys of all maps.
  public let keys: any VectorBuilder
  /// A value for each key.
  public let values: any VectorBuilder
  private var offsets: OffsetBuilder

  /// A builder with room for `capacity` maps, and as many keys.
  public init(_ type: DataType, capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    guard case .map(let key, let value) = type else { preconditionFailure("\(type) is no map") }
    self.type = type
    keys = try memory.builder(key.type, capacity: capacity)
    values = try memory.builder(value.type, capacity: capacity)
    offsets = try OffsetBuilder(capacity: capacity, memory)
    validity = ValidityBuilder(memory)
  }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) { try offsets.reserve(more, after: count) }

  /// Makes one map of the keys and values that were added since the last one.
  public func endMap() throws(FlintError) {
    precondition(keys.count == values.count, "\(keys.count) keys do not have \(values.count) values")
    try reserve(1)
    try OffsetBuilder.demand(keys.count, of: type)
    count += 1
    offsets.offsets[count] = Int32(truncatingIfNeeded: keys.count)
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    try reserve(1)
    try validity.setNull(count, capacity: offsets.capacity)
    try endMap()
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      type, count: count, validity: try validity.finish(count), nullCount: nulls,
      .map(offsets: try offsets.finish(), start: 0, keys: try keys.finish(), values: try values.finish()))
    count = 0
    return vector
  }
}
