// Addresses in metadata are distances from the place that holds them, so that images need no fixing up.
extension UnsafeRawPointer {
  /// The target of the 4-byte distance that stands here; nil when it is zero.
  package var relativeTarget: UnsafeRawPointer? {
    let distance = load(as: Int32.self)
    return distance == 0 ? nil : self + Int(distance)
  }

  /// As ``relativeTarget``, where the low bit says that the target is a pointer to what is meant.
  package var relativeIndirectableTarget: UnsafeRawPointer? {
    let distance = load(as: Int32.self)
    guard distance != 0 else { return nil }
    let target = self + Int(distance & ~1)
    return distance & 1 == 0 ? target : target.load(as: UnsafeRawPointer?.self)
  }

  /// The `index`-th 8-byte word from here.
  package func word(_ index: Int) -> UInt { load(fromByteOffset: 8 * index, as: UInt.self) }

  /// The `index`-th 8-byte word from here, as a pointer.
  package func pointer(_ index: Int) -> UnsafeRawPointer? { UnsafeRawPointer(bitPattern: word(index)) }

  /// The text that begins here and ends before a zero byte.
  package var text: String { String(cString: assumingMemoryBound(to: CChar.self)) }
}
