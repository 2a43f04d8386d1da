internal import CFlint
internal import FlintCore
internal import FlintLayout

extension ClosureDecoder {
  /// Reads a key path and returns one reference to it.
  mutating func keyPath() throws(FlintError) -> UInt {
    let type = try type()
    guard type.kind == .class, let keyPath = type.swiftType as? AnyKeyPath.Type else {
      throw corrupt("a type is no key path")
    }
    guard let root = type.genericArgument(0), let value = type.genericArgument(1) else {
      throw corrupt("a key path has no root or value")
    }
    precondition(
      keyPath.rootType == root.swiftType && keyPath.valueType == value.swiftType, "key paths are laid out differently")
    let shape = try shape()
    guard shape.fits(from: root, to: value) else { throw corrupt("a key path leaves its root") }
    let size = shape.objectSize
    guard let object = swift_allocObject(type.address, size, 7) else { throw corrupt("a key path cannot be made") }
    (object + 16).initializeMemory(as: UInt8.self, repeating: 0, count: size - 16)
    shape.store(to: object, from: root, to: value)
    return UInt(bitPattern: object)
  }

  private mutating func shape() throws(FlintError) -> KeyPathShape {
    let hasReferencePrefix = try flag()
    let count = Int(try reader.read(UInt16.self))
    guard count <= ClosureFormat.maximumKeyPathCount else {
      throw corrupt("a key path is malformed")
    }
    var shape = KeyPathShape(hasReferencePrefix: hasReferencePrefix, components: [], types: [])
    for index in 0..<count {
      shape.components.append(try step())
      if index < count - 1 { shape.types.append(try type()) }
    }
    return shape
  }

  private mutating func step() throws(FlintError) -> KeyPathComponent {
    let tag = try tag(ClosureFormat.ComponentTag.self)
    let header = try reader.read(UInt32.self)
    let offset = header & KeyPathComponent.Flags.offset
    switch (tag, KeyPathComponent.discriminator(header)) {
    case (.plain, .structField), (.plain, .classField):
      guard offset < KeyPathComponent.Flags.firstSpecialOffset else { throw corrupt("a key path's step is malformed") }
      return .plain(header: header)
    case (.plain, .optional):
      return .plain(header: header)
    case (.outOfLine, .structField), (.outOfLine, .classField):
      guard offset == KeyPathComponent.Flags.outOfLine else { throw corrupt("a key path's step is malformed") }
      return .outOfLine(header: header, offset: try reader.read(UInt32.self))
    case (.computed, .computed) where header & KeyPathComponent.Flags.hasArguments == 0:
      let identity = try flag() ? try place().address : UInt(try reader.read(UInt64.self))
      let getter = try code()
      let isSettable = header & KeyPathComponent.Flags.isSettable != 0
      return .computed(header: header, identity: identity, getter: getter, setter: isSettable ? try code() : 0)
    default:
      throw corrupt("a key path's step is malformed")
    }
  }
}
