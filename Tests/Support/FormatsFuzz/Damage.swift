import LayoutSamples

/// Damages files as a broken disk, a broken writer or an attacker would.
struct Damage {
  var generator: Generator

  /// The file, damaged in one to four places; `other` is one of the same format, of which it may get a part.
  mutating func damaged(_ file: [UInt8], metadata: Range<Int>, other: [UInt8]) -> [UInt8] {
    var bytes = file
    for _ in 0...generator.below(4) { overwrite(&bytes, metadata) }
    switch generator.below(30) {
    case 0: bytes.removeLast(generator.below(bytes.count))
    case 1: bytes.removeSubrange(generator.below(bytes.count)...)
    case 2: splice(&bytes, other)
    default: break
    }
    return bytes
  }

  private mutating func overwrite(_ bytes: inout [UInt8], _ metadata: Range<Int>) {
    let place = self.place(bytes, metadata)
    switch generator.below(9) {
    case 0: bytes[place] = UInt8(generator.below(256))
    case 1: bytes[place] = generator.one(of: [0, 1, 127, 128, 255])
    case 2: bytes[place] &+= 1
    case 3: bytes[place] &-= 1
    case 4: for index in place..<min(bytes.count, place + 4) { bytes[index] = 255 }
    case 5:
      // The bytes of another place, which mean something there.
      let source = generator.below(bytes.count)
      for offset in 0..<min(8, bytes.count - max(place, source)) { bytes[place + offset] = bytes[source + offset] }
    case 6: lie(&bytes, place)
    default: bytes[place] ^= 1 << UInt8(generator.below(8))
    }
  }

  /// A length or an offset that is wrong, where such may lie: large, negative, or near a border.
  private mutating func lie(_ bytes: inout [UInt8], _ place: Int) {
    let start = place & ~3
    let lies: [Int64] = [
      -1, 1 << 31 - 1, 1 << 31, 1 << 32, 1 << 40, .max, .min, Int64(bytes.count), Int64(bytes.count - place), 65_536,
    ]
    let lie = generator.one(of: lies)
    for offset in 0..<min(generator.coin() ? 4 : 8, bytes.count - start) {
      bytes[start + offset] = UInt8(truncatingIfNeeded: lie >> Int64(8 * offset))
    }
  }

  /// A part of another file in place of a part of this one.
  private mutating func splice(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let (start, source) = (generator.below(bytes.count), generator.below(other.count))
    let removed = generator.below(min(2000, bytes.count - start) + 1)
    let added = generator.below(min(2000, other.count - source) + 1)
    bytes.replaceSubrange(start..<start + removed, with: other[source..<source + added])
  }

  /// Three of ten damages hit the bytes that say where everything is.
  private mutating func place(_ bytes: [UInt8], _ metadata: Range<Int>) -> Int {
    let range = metadata.clamped(to: bytes.indices)
    guard generator.below(10) < 3, !range.isEmpty else { return generator.below(bytes.count) }
    return range.lowerBound + generator.below(range.count)
  }
}
