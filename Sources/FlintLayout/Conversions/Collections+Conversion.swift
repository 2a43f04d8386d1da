// Dictionaries and sets travel as arrays, in the order of this process's hashing. Equal values may have different bytes.

extension Dictionary: Conversion {
  private typealias Wire = (keys: [Key], values: [Value])

  static var wireType: Any.Type { (keys: [Key], values: [Value]).self }
  static var isUnordered: Bool { true }

  static func columnType(wire: ColumnType) -> ColumnType {
    guard case .structure(let fields) = wire, fields.count == 2, case .list(let key) = fields[0].type,
      case .list(let value) = fields[1].type
    else { return wire }
    return .map(key: key, value: value)
  }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    let dictionary = place.assumingMemoryBound(to: Self.self)
    wire.initializeMemory(as: Wire.self, to: (Array(dictionary.pointee.keys), Array(dictionary.pointee.values)))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let parts = wire.assumingMemoryBound(to: Wire.self)
    let count = parts.pointee.keys.count
    guard count == parts.pointee.values.count else { throw ConversionRefusal.unequalCounts }
    var dictionary = Self(minimumCapacity: count)
    for index in 0..<count {
      let former = dictionary.updateValue(parts.pointee.values[index], forKey: parts.pointee.keys[index])
      if former != nil { throw ConversionRefusal.duplicateKey }
    }
    place.initializeMemory(as: Self.self, to: dictionary)
  }

  static func cost(_ wire: UnsafeRawPointer) -> Int {
    // At most eight thirds of the count are buckets, each with a key, a value and a bit.
    let parts = wire.assumingMemoryBound(to: Wire.self)
    return 64 + 3 * parts.pointee.keys.count * (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride + 1)
  }
}

extension Set: Conversion {
  static var wireType: Any.Type { [Element].self }
  static var isUnordered: Bool { true }

  static func columnType(wire: ColumnType) -> ColumnType {
    guard case .list(let element) = wire else { return wire }
    return .set(element)
  }

  static func write(_ place: UnsafeRawPointer, to wire: UnsafeMutableRawPointer) {
    wire.initializeMemory(as: [Element].self, to: Array(place.assumingMemoryBound(to: Self.self).pointee))
  }

  static func read(_ wire: UnsafeRawPointer, to place: UnsafeMutableRawPointer) throws {
    let elements = wire.assumingMemoryBound(to: [Element].self)
    var set = Self(minimumCapacity: elements.pointee.count)
    for element in elements.pointee where !set.insert(element).inserted { throw ConversionRefusal.duplicateKey }
    place.initializeMemory(as: Self.self, to: set)
  }

  static func cost(_ wire: UnsafeRawPointer) -> Int {
    64 + 3 * wire.assumingMemoryBound(to: [Element].self).pointee.count * (MemoryLayout<Element>.stride + 1)
  }
}
