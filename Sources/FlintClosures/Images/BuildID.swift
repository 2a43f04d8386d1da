/// The number that the linker computes from everything in an image: equal numbers are equal code and data.
struct BuildID: Hashable, Sendable, CustomStringConvertible {
  /// The longest that a linker writes, with room to spare.
  static let maximumCount = 64

  let bytes: [UInt8]

  /// In hexadecimal, as `readelf -n` and `file` print it.
  var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
