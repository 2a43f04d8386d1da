extension UnsafePointer where Pointee == Step {
  /// The elements of the array at `field`, of an array step of either kind.
  @inline(__always)
  func elements(of field: UnsafeRawPointer) -> (start: UnsafeRawPointer?, count: Int) {
    let traits = pointee.array
    if pointee.kind == .arrayByInterface { return traits.pointee.interface.elements(field) }
    let (start, count) = ArrayStorage.elements(field, head: traits.pointee.head)
    return (UnsafeRawPointer(start), count)
  }
}
