/// An array by what the standard library promises, without knowing its element.
protocol ArrayInterface {
  static var elementType: Any.Type { get }
  /// The class of the storage of an array with elements, and the storage of one without.
  static var storage: (class: UnsafeRawPointer, empty: UnsafeRawPointer) { get }
  /// The elements of the array at `place`; valid as long as it is not touched.
  static func elements(_ place: UnsafeRawPointer) -> (start: UnsafeRawPointer?, count: Int)
  /// Makes an array at `place` of `count` elements, which are moved away from `elements`.
  static func adopt(_ elements: UnsafeMutableRawPointer, count: Int, at place: UnsafeMutableRawPointer)
}

extension Array: ArrayInterface {
  static var elementType: Any.Type { Element.self }

  static var storage: (class: UnsafeRawPointer, empty: UnsafeRawPointer) {
    let empty: [Element] = []
    let reserved = [Element](unsafeUninitializedCapacity: 1) { _, count in count = 0 }
    return withExtendedLifetime(reserved) {
      (
        unsafeBitCast(reserved, to: UnsafePointer<UnsafeRawPointer>.self).pointee,
        unsafeBitCast(empty, to: UnsafeRawPointer.self)
      )
    }
  }

  static func elements(_ place: UnsafeRawPointer) -> (start: UnsafeRawPointer?, count: Int) {
    // Its array is borrowed by the caller, which keeps the storage where it is.
    place.assumingMemoryBound(to: Self.self).pointee.withUnsafeBufferPointer {
      (UnsafeRawPointer($0.baseAddress), $0.count)
    }
  }

  static func adopt(_ elements: UnsafeMutableRawPointer, count: Int, at place: UnsafeMutableRawPointer) {
    let source = elements.assumingMemoryBound(to: Element.self)
    let array = Self(unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.baseAddress?.moveInitialize(from: source, count: count)
      initialized = count
    }
    place.initializeMemory(as: Self.self, to: array)
  }
}
