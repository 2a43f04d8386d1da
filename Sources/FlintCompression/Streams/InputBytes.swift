/// Bytes that a library takes from the front.
struct InputBytes {
  private(set) var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes
  }

  var isEmpty: Bool { rest.isEmpty }
  var count: Int { rest.count }

  /// Where the rest begins; some address even when nothing is left, since libraries refuse none.
  var start: UnsafePointer<UInt8> {
    (rest.baseAddress ?? InputBytes.nowhere).assumingMemoryBound(to: UInt8.self)
  }

  mutating func drop(_ count: Int) {
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }

  private static var nowhere: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 8)! }
}
