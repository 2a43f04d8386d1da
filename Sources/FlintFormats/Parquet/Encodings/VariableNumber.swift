/// Numbers of as many bytes as they need, seven bits in each, the lowest first.
enum VariableNumber {
  /// Reads a number and steps over it.
  static func read(
    _ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, of what: StaticString
  ) throws(FormatFault) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard next < end else { throw .truncated("\(what)") }
      let byte = next.pointee
      next += 1
      number |= UInt64(byte & 127) << shift
      if byte < 128 { return number }
    }
    throw .damaged("a number in \(what) has too many bytes")
  }
}
