internal import FlintCore
internal import FlintLayout

extension ClosureEncoder {
  /// Writes the value of type `type` at `place`, by the one rule for values that cross a border; objects, types and
  /// existentials with what their static type does not say.
  mutating func value(_ type: Metadata, _ place: UnsafeRawPointer) throws(FlintError) {
    switch type.kind {
    case .class:
      guard let object = place.pointer(0) else { throw refusal("is an empty reference", ClosureRefusal.copyValue) }
      try self.object(object)
    case .metatype, .existentialMetatype:
      // A type that is known at compile time takes no room.
      if type.valueLayout.size > 0, let instance = place.pointer(0) { try self.type(Metadata(instance)) }
    case .existential:
      try existential(type.swiftType, place)
    default:
      try row(type, place)
    }
  }

  /// Writes one value by its layout.
  mutating func row(_ type: Metadata, _ place: UnsafeRawPointer) throws(FlintError) {
    do throws(FlintError) {
      let layout = try RowLayout.of(type.swiftType)
      try layout.encode(rows: place, count: 1, into: &body)
    } catch {
      throw refusal(
        "is of type \(type.name), which cannot be sent: \(error.why ?? error.what)",
        error.remedy ?? ClosureRefusal.copyValue, cause: error)
    }
  }

  private mutating func existential<Captured>(_: Captured.Type, _ place: UnsafeRawPointer) throws(FlintError) {
    let boxed: Any = place.assumingMemoryBound(to: Captured.self).pointee
    // The type of what is inside, however many existentials are around it.
    let own: Any.Type = Swift.type(of: boxed)
    try opened(own, boxed)
  }

  private mutating func opened<Value>(_: Value.Type, _ boxed: Any) throws(FlintError) {
    let type = Metadata(Value.self)
    guard type.kind != .existential, let value = boxed as? Value else {
      throw refusal("is of no certain type", ClosureRefusal.copyValue)
    }
    try self.type(type)
    try withUnsafePointer(to: value) { (pointer) throws(FlintError) in
      try self.value(type, UnsafeRawPointer(pointer))
    }
  }

  /// Writes an object by its own class, which may be a subclass of the captured one.
  mutating func object(_ address: UnsafeRawPointer) throws(FlintError) {
    if let tag = AdoptedCollection.emptyTag(address) { return try body.append(tag.rawValue) }
    let object = Unmanaged<AnyObject>.fromOpaque(address).takeUnretainedValue()
    let type = Metadata(Swift.type(of: object))
    if let collection = AdoptedCollection.type(ofStorage: type) {
      try body.append(ClosureFormat.ObjectTag.collection.rawValue)
      try self.type(collection)
      try withUnsafeBytes(of: address) { (bytes) throws(FlintError) in
        guard let start = bytes.baseAddress else { return }
        try row(collection, start)
      }
    } else if object is AnyKeyPath {
      try body.append(ClosureFormat.ObjectTag.keyPath.rawValue)
      try keyPath(address, type)
    } else {
      try body.append(ClosureFormat.ObjectTag.instance.rawValue)
      try self.type(type)
      try withUnsafeBytes(of: address) { (bytes) throws(FlintError) in
        guard let start = bytes.baseAddress else { return }
        try row(type, start)
      }
    }
  }
}
