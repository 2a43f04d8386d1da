internal import Glibc

/// Reaches the payload of an enum.
enum Enumeration {
  /// Runs `body` with the place of the payload of the enum at `field`.
  @inline(__always)
  static func withPayload<Failure: Error>(
    of step: UnsafePointer<Step>, _ payload: EnumerationTraits.Payload, at field: UnsafeRawPointer,
    _ body: (UnsafeRawPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let traits = step.pointee.enumeration
    // The payload of a single case lies where the enum does.
    if traits.pointee.payloadCases == 1 {
      try body(payload.isIndirect ? Box.payload(field) : field)
      return
    }
    // Projecting overwrites the tag, so it is done to a copy of the bits, which owns nothing and is never destroyed.
    let size = step.pointee.size
    if size <= 64 {
      var copy: (Int128, Int128, Int128, Int128) = (0, 0, 0, 0)
      try withUnsafeMutablePointer(to: &copy) { (copy) throws(Failure) in
        try project(step, payload, field, UnsafeMutableRawPointer(copy), body)
      }
    } else {
      let copy = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      defer { copy.deallocate() }
      try project(step, payload, field, copy, body)
    }
  }

  @inline(__always)
  private static func project<Failure: Error>(
    _ step: UnsafePointer<Step>, _ payload: EnumerationTraits.Payload, _ field: UnsafeRawPointer,
    _ copy: UnsafeMutableRawPointer, _ body: (UnsafeRawPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let traits = step.pointee.enumeration
    memcpy(copy, field, step.pointee.size)
    traits.pointee.project(copy, traits.pointee.metadata)
    try body(payload.isIndirect ? Box.payload(copy) : UnsafeRawPointer(copy))
  }
}
