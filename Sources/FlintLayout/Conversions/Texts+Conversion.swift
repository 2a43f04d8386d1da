// Parts of strings travel as strings of their own.

extension Substring: Conversion {
  static var wireType: Any.Type { String.self }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    wire.initializeMemory(as: String.self, to: String(place.assumingMemoryBound(to: Self.self).pointee))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) {
    place.initializeMemory(as: Self.self, to: wire.assumingMemoryBound(to: String.self).pointee[...])
  }
}

extension Character: Conversion {
  static var wireType: Any.Type { String.self }

  static func columnType(wire: ColumnType) -> ColumnType { .scalar(.character) }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    wire.initializeMemory(as: String.self, to: String(place.assumingMemoryBound(to: Self.self).pointee))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let text = wire.assumingMemoryBound(to: String.self).pointee
    guard let character = text.first, text.dropFirst().isEmpty else { throw ConversionRefusal.notOneCharacter }
    place.initializeMemory(as: Self.self, to: character)
  }
}
