public import FlintCore

/// Makes vectors of one type, value by value or straight through pointers. It has one user at a time.
public protocol VectorBuilder: AnyObject {
  /// What the values are.
  var type: DataType { get }
  /// How many there are so far.
  var count: Int { get }

  /// Makes room for `more` values, so that adding them asks for no memory but that of texts and of nulls. Throws
  /// `memory-budget-exceeded`.
  func reserve(_ more: Int) throws(FlintError)

  /// Adds a null.
  func appendNull() throws(FlintError)

  /// The values so far as a vector; then the builder is empty.
  func finish() throws(FlintError) -> Vector
}

extension ColumnMemory {
  /// A builder for any type, with room for `capacity` values.
  public func builder(_ type: DataType, capacity: Int) throws(FlintError) -> any VectorBuilder {
    switch type.physical {
    case .bit: try BitBuilder(capacity: capacity, self)
    case .int8: try ValueBuilder<Int8>(type, capacity: capacity, self)
    case .int16: try ValueBuilder<Int16>(type, capacity: capacity, self)
    case .int32: try ValueBuilder<Int32>(type, capacity: capacity, self)
    case .int64: try ValueBuilder<Int64>(type, capacity: capacity, self)
    case .int128: try ValueBuilder<Int128>(type, capacity: capacity, self)
    case .float: try ValueBuilder<Float>(type, capacity: capacity, self)
    case .double: try ValueBuilder<Double>(type, capacity: capacity, self)
    case .interval: try ValueBuilder<Interval>(type, capacity: capacity, self)
    case .text: try TextBuilder(type, capacity: capacity, self)
    case .list: try ListBuilder(type, capacity: capacity, self)
    case .structure: try StructureBuilder(type, capacity: capacity, self)
    case .map: try MapBuilder(type, capacity: capacity, self)
    }
  }
}
