internal import FlintLayout

/// A key path taken apart: its steps, and the types between them.
///
/// The object is a header of its own, two words, then steps and types in turn, each at its alignment, then a word: the
/// size of the largest value on the way, for which the runtime finds room before it takes more than one step.
struct KeyPathShape {
  static let pureOffsetPlace = 16
  static let bufferHeaderPlace = 24
  static let bufferPlace = 32

  enum BufferFlags {
    static let size: UInt32 = 0x00FF_FFFF
    /// No step holds anything that must be destroyed.
    static let isTrivial: UInt32 = 0x8000_0000
    /// The way begins with steps that only read, up to the last object.
    static let hasReferencePrefix: UInt32 = 0x4000_0000
    /// The way is one step, for which the runtime needs no room.
    static let isSingle: UInt32 = 0x2000_0000
    static let unknown: UInt32 = 0x1F00_0000
  }

  var hasReferencePrefix: Bool
  var components: [KeyPathComponent]
  /// The type that each step but the last leads to.
  var types: [Metadata]

  /// The distance from the root when every step is a field in a struct; the object holds it for speed.
  var pureOffset: Int? {
    var sum = 0
    for component in components {
      guard KeyPathComponent.discriminator(component.header) == .structField, let offset = component.storedOffset else {
        return nil
      }
      sum += offset
    }
    return sum
  }

  /// Bytes of the steps and the types between them.
  var bufferSize: Int {
    components.enumerated().reduce(0) { end, step in
      let size = end + step.element.size
      return step.offset < types.count ? size.aligned(to: 8) + 8 : size
    }
  }

  /// Bytes of the object.
  var objectSize: Int { Self.bufferPlace + bufferSize.aligned(to: 8) + 8 }

  /// Whether the steps are as many as the types between them require, and end the prefix that they begin.
  var isWellFormed: Bool {
    guard types.count == max(components.count - 1, 0) else { return false }
    let ends = KeyPathComponent.Flags.endsReferencePrefix
    return !hasReferencePrefix || components.dropLast().contains { $0.header & ends != 0 }
  }

  /// Bytes of the largest value on the way from `root` to `value`.
  func largestSize(from root: Metadata, to value: Metadata) -> Int {
    types.reduce(max(root.valueLayout.size, value.valueLayout.size)) { max($0, $1.valueLayout.size) }
  }

  /// Whether each step stays inside what it starts from, on the way from `root` to `value`.
  func fits(from root: Metadata, to value: Metadata) -> Bool {
    guard isWellFormed else { return false }
    // `\.self` takes no step.
    guard !components.isEmpty else { return root == value }
    let stations = [root] + types + [value]
    return components.indices.allSatisfy { components[$0].fits(from: stations[$0], to: stations[$0 + 1]) }
  }
}

extension KeyPathShape {
  /// The shape of the key path at `object`; nil when it has captured arguments or is of an unknown form.
  init?(reading object: UnsafeRawPointer) {
    let header = object.load(fromByteOffset: Self.bufferHeaderPlace, as: UInt32.self)
    guard header & BufferFlags.isTrivial != 0, header & BufferFlags.unknown == 0 else { return nil }
    hasReferencePrefix = header & BufferFlags.hasReferencePrefix != 0
    components = []
    types = []
    let size = Int(header & BufferFlags.size)
    var position = 0
    while position + 4 <= size, components.count < ClosureFormat.maximumKeyPathCount {
      guard let component = Self.component(object + Self.bufferPlace + position) else { return nil }
      components.append(component)
      position += component.size
      guard position < size else { break }
      position = position.aligned(to: 8)
      guard let type = object.load(fromByteOffset: Self.bufferPlace + position, as: UnsafeRawPointer?.self) else {
        return nil
      }
      types.append(Metadata(type))
      position += 8
    }
    guard bufferSize == size, isWellFormed else { return nil }
    let stored = object.load(fromByteOffset: Self.pureOffsetPlace, as: Int.self)
    guard stored == 0 || pureOffset == -stored - 1 else { return nil }
  }

  private static func component(_ place: UnsafeRawPointer) -> KeyPathComponent? {
    let header = place.load(as: UInt32.self)
    let offset = header & KeyPathComponent.Flags.offset
    switch KeyPathComponent.discriminator(header) {
    case .structField, .classField:
      if offset == KeyPathComponent.Flags.outOfLine {
        return .outOfLine(header: header, offset: place.load(fromByteOffset: 4, as: UInt32.self))
      }
      return offset < KeyPathComponent.Flags.firstSpecialOffset ? .plain(header: header) : nil
    case .optional:
      return .plain(header: header)
    case .computed:
      guard header & KeyPathComponent.Flags.hasArguments == 0 else { return nil }
      let isSettable = header & KeyPathComponent.Flags.isSettable != 0
      return .computed(
        header: header, identity: place.word(1), getter: place.word(2), setter: isSettable ? place.word(3) : 0)
    case nil:
      return nil
    }
  }

  /// Writes the object's contents behind its class and reference count.
  func store(to object: UnsafeMutableRawPointer, from root: Metadata, to value: Metadata) {
    var header = BufferFlags.isTrivial | UInt32(bufferSize)
    if hasReferencePrefix { header |= BufferFlags.hasReferencePrefix }
    if components.count == 1 { header |= BufferFlags.isSingle }
    let largest = largestSize(from: root, to: value)
    object.storeBytes(of: largest, toByteOffset: objectSize - 8, as: Int.self)
    object.storeBytes(of: pureOffset.map { -$0 - 1 } ?? 0, toByteOffset: Self.pureOffsetPlace, as: Int.self)
    object.storeBytes(of: UInt64(header), toByteOffset: Self.bufferHeaderPlace, as: UInt64.self)
    var place = object + Self.bufferPlace
    for (index, component) in components.enumerated() {
      Self.store(component, to: place)
      place += component.size
      guard index < types.count else { break }
      place = place.alignedUp(toMultipleOf: 8)
      place.storeBytes(of: types[index].address, as: UnsafeRawPointer.self)
      place += 8
    }
  }

  private static func store(_ component: KeyPathComponent, to place: UnsafeMutableRawPointer) {
    place.storeBytes(of: component.header, as: UInt32.self)
    switch component {
    case .plain: break
    case .outOfLine(_, let offset): place.storeBytes(of: offset, toByteOffset: 4, as: UInt32.self)
    case .computed(let header, let identity, let getter, let setter):
      place.storeBytes(of: identity, toByteOffset: 8, as: UInt.self)
      place.storeBytes(of: getter, toByteOffset: 16, as: UInt.self)
      if header & KeyPathComponent.Flags.isSettable != 0 {
        place.storeBytes(of: setter, toByteOffset: 24, as: UInt.self)
      }
    }
  }
}
