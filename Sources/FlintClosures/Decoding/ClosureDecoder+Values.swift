internal import CFlint
internal import FlintCore
internal import FlintLayout

extension ClosureDecoder {
  /// Reads a value of type `type` into `place`, which is not initialised; after a throw it is not either.
  mutating func value(_ type: Metadata, _ place: UnsafeMutableRawPointer) throws(FlintError) {
    switch type.kind {
    case .class:
      place.storeBytes(of: try object(of: type), as: UInt.self)
    case .metatype, .existentialMetatype:
      if type.valueLayout.size > 0 { try store(try self.type().swiftType, as: type.swiftType, place) }
    case .existential:
      let own = try self.type()
      try store(try opened(own.swiftType), as: type.swiftType, place)
    default:
      try row(type, place)
    }
  }

  private mutating func row(_ type: Metadata, _ place: UnsafeMutableRawPointer) throws(FlintError) {
    let layout: RowLayout
    do throws(FlintError) { layout = try RowLayout.of(type.swiftType) } catch {
      throw FlintError(.corruptData, "these bytes hold no closure", why: error.why ?? error.what, cause: error)
    }
    try layout.decode(count: 1, from: &reader, into: place)
  }

  /// Puts `value` into `place` as the type that was captured, if it is of that type.
  private func store<Captured>(
    _ value: Any, as _: Captured.Type, _ place: UnsafeMutableRawPointer
  ) throws(FlintError) {
    guard let captured = value as? Captured else { throw corrupt("a value is not of the type that was captured") }
    place.assumingMemoryBound(to: Captured.self).initialize(to: captured)
  }

  /// Reads a value of the type that it says itself.
  private mutating func opened<Value>(_: Value.Type) throws(FlintError) -> Any {
    let type = Metadata(Value.self)
    // A value inside an existential is no existential itself: that would be decoded without end.
    guard type.kind != .existential else { throw corrupt("a value is of no certain type") }
    try reader.reserve(type.valueLayout.size)
    let place = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    defer { place.deallocate() }
    try value(type, UnsafeMutableRawPointer(place))
    return place.move()
  }

  /// Reads an object and returns one reference to it. It must be of class `type` or a subclass, where one is given.
  mutating func object(of type: Metadata?) throws(FlintError) -> UInt {
    let object: UInt
    switch try tag(ClosureFormat.ObjectTag.self) {
    // The shared objects of empty collections are not counted.
    case .emptyArray where type == nil: return UInt(bitPattern: AdoptedCollection.emptyArray)
    case .emptySet where type == nil: return UInt(bitPattern: AdoptedCollection.emptySet)
    case .emptyDictionary where type == nil: return UInt(bitPattern: AdoptedCollection.emptyDictionary)
    case .collection where type == nil: object = try collection()
    case .keyPath: object = try keyPath()
    case .instance: object = try instance()
    case .emptyArray, .emptySet, .emptyDictionary, .collection: throw corrupt("a collection stands for an object")
    }
    guard let type, !Self.isInstance(object, of: type.swiftType) else { return object }
    Self.release(object)
    throw corrupt("an object is not of the class that was captured")
  }

  private static func isInstance<Class>(_ object: UInt, of _: Class.Type) -> Bool {
    guard let pointer = UnsafeRawPointer(bitPattern: object) else { return false }
    return Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue() is Class
  }

  private mutating func collection() throws(FlintError) -> UInt {
    let type = try type()
    guard AdoptedCollection.isCollection(type) else { throw corrupt("a type is no collection") }
    var object: UInt = 0
    try withUnsafeMutableBytes(of: &object) { (bytes) throws(FlintError) in
      guard let start = bytes.baseAddress else { return }
      try row(type, start)
    }
    return object
  }

  private mutating func instance() throws(FlintError) -> UInt {
    let type = try type()
    guard type.kind == .class else { throw corrupt("a type is no class") }
    var object: UInt = 0
    try withUnsafeMutableBytes(of: &object) { (bytes) throws(FlintError) in
      guard let start = bytes.baseAddress else { return }
      try row(type, start)
    }
    return object
  }
}
