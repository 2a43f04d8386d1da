import LayoutSamples

/// Damages files as a broken disk, a broken writer or an attacker would.
struct Damage {
  var generator: Generator

  /// The file, damaged in one to four places.
  mutating func damaged(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    for _ in 0...generator.below(4) { overwrite(&bytes) }
    switch generator.below(30) {
    case 0: bytes.removeLast(generator.below(bytes.count))
    case 1: bytes.removeSubrange(generator.below(bytes.count)...)
    default: break
    }
    return bytes
  }

  private mutating func overwrite(_ bytes: inout [UInt8]) {
    let place = self.place(bytes)
    switch generator.below(8) {
    case 0: bytes[place] = UInt8(generator.below(256))
    case 1: bytes[place] = generator.one(of: [0, 1, 127, 128, 255])
    case 2: bytes[place] &+= 1
    case 3: bytes[place] &-= 1
    case 4: for index in place..<min(bytes.count, place + 4) { bytes[index] = 255 }
    case 5:
      // The bytes of another place, which mean something there.
      let source = generator.below(bytes.count)
      for offset in 0..<min(8, bytes.count - max(place, source)) { bytes[place + offset] = bytes[source + offset] }
    default: bytes[place] ^= 1 << UInt8(generator.below(8))
    }
  }

  /// Three of ten damages hit the footer, which says where everything is.
  private mutating func place(_ bytes: [UInt8]) -> Int {
    guard generator.below(10) < 3, bytes.count > 8 else { return generator.below(bytes.count) }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[bytes.count - 8 + $1]) << (8 * $1) }
    let start = max(0, bytes.count - 8 - length)
    return start + generator.below(bytes.count - start)
  }
}
