extension UnsafeRawPointer {
  /// The target of the 4-byte relative reference that stands here; nil when it is zero.
  var relativeTarget: UnsafeRawPointer? {
    let offset = load(as: Int32.self)
    return offset == 0 ? nil : self + Int(offset)
  }

  /// As ``relativeTarget``, where the low bit says that the target is a pointer to what is meant.
  var relativeIndirectableTarget: UnsafeRawPointer? {
    let offset = load(as: Int32.self)
    guard offset != 0 else { return nil }
    let target = self + Int(offset & ~1)
    return offset & 1 == 0 ? target : target.load(as: UnsafeRawPointer?.self)
  }

  /// The `index`-th 8-byte word from here.
  func word(_ index: Int) -> UInt { load(fromByteOffset: 8 * index, as: UInt.self) }

  /// The `index`-th 8-byte word from here, as a pointer.
  func pointer(_ index: Int) -> UnsafeRawPointer? { UnsafeRawPointer(bitPattern: word(index)) }
}

extension Int {
  /// The next multiple of `alignment`, which is a power of two.
  func aligned(to alignment: Int) -> Int { (self + alignment - 1) & ~(alignment - 1) }
}
