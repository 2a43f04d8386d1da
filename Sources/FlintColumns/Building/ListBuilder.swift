public import FlintCore

/// Makes vectors of lists: add the elements to ``elements``, then call ``endList()``.
public final class ListBuilder: VectorBuilder {
  /// What the values are.
  public let type: DataType
  /// How many there are so far.
  public private(set) var count = 0
  /// Which of them are null.
  public private(set) var validity: ValidityBuilder
  /// The elements of all lists.
  public let elements: any VectorBuilder
  private var offsets: OffsetBuilder

  /// A builder with room for `capacity` lists, and as many elements.
  public init(_ type: DataType, capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
    self.type = type
    elements = try memory.builder(element.type, capacity: capacity)
    offsets = try OffsetBuilder(capacity: capacity, memory)
    validity = ValidityBuilder(memory)
  }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) { try offsets.reserve(more, after: count) }

  /// Makes one list of the elements that were added since the last one.
  public func endList() throws(FlintError) {
    try reserve(1)
    try OffsetBuilder.demand(elements.count, of: type)
    count += 1
    offsets.offsets[count] = Int32(truncatingIfNeeded: elements.count)
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    try reserve(1)
    try validity.setNull(count, capacity: offsets.capacity)
    try endList()
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vector = Vector(
      type, count: count, validity: try validity.finish(count), nullCount: nulls,
      .list(offsets: try offsets.finish(), start: 0, elements: try elements.finish()))
    count = 0
    return vector
  }
}
