internal import CFlint

/// The boxes in which indirect enum cases keep their payload.
enum Box {
  /// The payload behind the reference at `place`.
  static func payload(_ place: UnsafeRawPointer) -> UnsafeRawPointer {
    guard let value = swift_projectBox(place.load(as: UnsafeMutableRawPointer.self)) else {
      preconditionFailure("an indirect case without a box")
    }
    return UnsafeRawPointer(value)
  }

  /// Puts a new box at `place`, and returns where its payload is to be initialised.
  static func makeUninitialized(
    _ place: UnsafeMutableRawPointer, for program: UnsafePointer<Program>
  ) -> UnsafeMutableRawPointer {
    if program.pointee.size == 0 {
      place.storeBytes(of: swift_allocEmptyBox(), as: UnsafeMutableRawPointer?.self)
      return place
    }
    let box = swift_allocBox(program.pointee.metadata)
    guard let object = box.object, let value = box.value else {
      preconditionFailure("the runtime gave no memory for a box")
    }
    place.storeBytes(of: object, as: UnsafeMutableRawPointer.self)
    return value
  }

  /// Frees the box at `place`, whose payload is not initialised.
  static func discard(_ place: UnsafeMutableRawPointer, for program: UnsafePointer<Program>) {
    if program.pointee.size == 0 { return }
    swift_deallocBox(place.load(as: UnsafeMutableRawPointer.self))
  }
}
