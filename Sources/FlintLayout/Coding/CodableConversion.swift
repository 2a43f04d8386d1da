/// Carries a `Codable` type out that has no layout: classes, `Data`, `URL`.
enum CodableConversion<Value: Codable>: Conversion {
  static var wireType: Any.Type { CodedValue.self }

  static func columnType(wire: ColumnType) -> ColumnType { .coded }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) throws {
    let value = try ValueEncoder.encode(place.assumingMemoryBound(to: Value.self).pointee)
    wire.initializeMemory(as: CodedValue.self, to: value)
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let coded = wire.assumingMemoryBound(to: CodedValue.self).pointee
    place.initializeMemory(as: Value.self, to: try Value(from: ValueDecoder(coded, path: [])))
  }
}
