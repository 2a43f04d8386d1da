public import FlintCore

/// Makes vectors of structures: add a value to each of ``parts``, then call ``endStructure()``.
public final class StructureBuilder: VectorBuilder {
  /// What the values are.
  public let type: DataType
  /// How many there are so far.
  public private(set) var count = 0
  /// Which of them are null.
  public private(set) var validity: ValidityBuilder
  /// A builder for each field.
  public let parts: [any VectorBuilder]

  /// A builder with room for `capacity` structures.
  public init(_ type: DataType, capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    guard case .structure(let fields) = type else { preconditionFailure("\(type) is no structure") }
    self.type = type
    parts = try fields.map { (field) throws(FlintError) in try memory.builder(field.type, capacity: capacity) }
    validity = ValidityBuilder(memory)
  }

  /// Makes room for `more` values. Throws `memory-budget-exceeded`.
  public func reserve(_ more: Int) throws(FlintError) {
    for part in parts { try part.reserve(more) }
  }

  /// Makes one structure of the values that were added since the last one.
  public func endStructure() {
    count += 1
    precondition(parts.allSatisfy { $0.count == count }, "a structure lacks the value of a field")
  }

  /// Adds a null.
  public func appendNull() throws(FlintError) {
    for part in parts { try part.appendNull() }
    try validity.setNull(count, capacity: count + 1)
    endStructure()
  }

  /// The values so far as a vector; then the builder is empty.
  public func finish() throws(FlintError) -> Vector {
    let nulls = validity.nullCount
    let vectors = try parts.map { (part) throws(FlintError) in try part.finish() }
    let vector = Vector(type, count: count, validity: try validity.finish(count), nullCount: nulls, .structure(vectors))
    count = 0
    return vector
  }
}
