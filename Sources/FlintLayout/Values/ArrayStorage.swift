internal import CFlint

/// Arrays by their storage object: class, references, count, twice the capacity, elements.
///
/// A probe at the first use compares it with real arrays; where it fails, the codec goes through ``ArrayInterface``.
enum ArrayStorage {
  /// Whether this runtime's arrays are laid out as this file thinks.
  static let isKnown: Bool = probe()

  private static let countOffset = 16
  private static let capacityOffset = 24
  private static let headerSize = 32

  /// Distance from the object to its first element.
  static func head(alignmentMask: Int) -> Int { (headerSize + alignmentMask) & ~alignmentMask }

  /// The elements of the array at `place`.
  @inline(__always)
  static func elements(_ place: UnsafeRawPointer, head: Int) -> (start: UnsafeMutableRawPointer, count: Int) {
    let object = place.load(as: UnsafeMutableRawPointer.self)
    return (object + head, object.load(fromByteOffset: countOffset, as: Int.self))
  }

  /// Makes an array of `count` > 0 elements at `place` and returns where they are, not initialised.
  @inline(__always)
  static func make(
    _ place: UnsafeMutableRawPointer, _ traits: UnsafePointer<ArrayTraits>, count: Int, stride: Int
  ) -> UnsafeMutableRawPointer {
    let head = traits.pointee.head
    // The class is of this very element type, and the size is that which the library computes.
    guard
      let object = swift_allocObject(
        traits.pointee.storageClass, head + count * stride, max(traits.pointee.alignmentMask, 15))
    else { preconditionFailure("the runtime gave no memory for an array of \(count) elements") }
    object.storeBytes(of: count, toByteOffset: countOffset, as: Int.self)
    object.storeBytes(of: count << 1, toByteOffset: capacityOffset, as: Int.self)
    place.storeBytes(of: object, as: UnsafeMutableRawPointer.self)
    return object + head
  }

  /// Makes an array without elements at `place`.
  @inline(__always)
  static func makeEmpty(_ place: UnsafeMutableRawPointer, _ traits: UnsafePointer<ArrayTraits>) {
    place.storeBytes(of: traits.pointee.emptyStorage, as: UnsafeRawPointer.self)
  }

  /// Frees the array at `place`, of which no element is initialised.
  static func discard(_ place: UnsafeMutableRawPointer, _ traits: UnsafePointer<ArrayTraits>) {
    let object = place.load(as: UnsafeMutableRawPointer.self)
    if UnsafeRawPointer(object) == traits.pointee.emptyStorage { return }
    object.storeBytes(of: 0, toByteOffset: countOffset, as: Int.self)
    swift_release(object)
  }

  private static func probe() -> Bool {
    func agrees<Element: Equatable>(_ array: [Element]) -> Bool {
      let head = head(alignmentMask: MemoryLayout<Element>.alignment - 1)
      var copy = array
      return withUnsafeBytes(of: &copy) { memory in
        guard memory.count == 8, let place = memory.baseAddress else { return false }
        let object = place.load(as: UnsafeRawPointer.self)
        guard object.load(fromByteOffset: countOffset, as: Int.self) == array.count,
          object.load(fromByteOffset: capacityOffset, as: Int.self) >> 1 == array.capacity
        else { return false }
        let elements = (object + head).assumingMemoryBound(to: Element.self)
        return array.indices.allSatisfy { elements[$0] == array[$0] }
      }
    }
    let bytes: [UInt8] = (0..<20).map { $0 }
    return agrees(bytes) && agrees(bytes.map { Double($0) }) && agrees(bytes.map { Int128($0) })
      && agrees(bytes.map { "\($0)" }) && agrees([UInt8]())
  }
}
