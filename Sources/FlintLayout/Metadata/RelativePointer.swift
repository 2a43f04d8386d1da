/// Addresses in metadata are distances from the place that holds them, so that images need no fixing up.
enum RelativePointer {
  /// What the distance at `place` leads to; nil for none.
  static func target(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
    let distance = place.load(as: Int32.self)
    return distance == 0 ? nil : place + Int(distance)
  }

  /// As ``target(_:)``, where an odd distance leads to a pointer to the target.
  static func indirectableTarget(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
    let distance = place.load(as: Int32.self)
    if distance == 0 { return nil }
    let target = place + Int(distance & ~1)
    return distance & 1 == 1 ? target.load(as: UnsafeRawPointer?.self) : target
  }
}
