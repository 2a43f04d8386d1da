// Ranges travel as their bounds, whose order is checked on the way in.

extension Range: Conversion {
  static var wireType: Any.Type { (Bound, Bound).self }

  static func columnType(wire: ColumnType) -> ColumnType { .range(wire) }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    let range = place.assumingMemoryBound(to: Self.self).pointee
    wire.initializeMemory(as: (Bound, Bound).self, to: (range.lowerBound, range.upperBound))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let (lower, upper) = wire.assumingMemoryBound(to: (Bound, Bound).self).pointee
    guard lower <= upper else { throw ConversionRefusal.reversedRange }
    place.initializeMemory(as: Self.self, to: lower..<upper)
  }
}

extension ClosedRange: Conversion {
  static var wireType: Any.Type { (Bound, Bound).self }

  static func columnType(wire: ColumnType) -> ColumnType { .range(wire) }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    let range = place.assumingMemoryBound(to: Self.self).pointee
    wire.initializeMemory(as: (Bound, Bound).self, to: (range.lowerBound, range.upperBound))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let (lower, upper) = wire.assumingMemoryBound(to: (Bound, Bound).self).pointee
    guard lower <= upper else { throw ConversionRefusal.reversedRange }
    place.initializeMemory(as: Self.self, to: lower...upper)
  }
}
