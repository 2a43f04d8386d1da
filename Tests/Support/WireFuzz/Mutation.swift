import FlintWire
import WireSamples

/// Damages frames as a broken network, a broken peer or an attacker would.
struct Mutation {
  var generator: WireGenerator

  /// The frame, damaged in one to four places. Seven of ten get a right length and right checksums again, so that the damage
  /// meets the decoders and not the header.
  mutating func damaged(_ frame: [UInt8]) -> [UInt8] {
    var bytes = frame
    resize(&bytes)
    for _ in 0...generator.below(4) { overwrite(&bytes) }
    if generator.below(10) < 7 { WireBytes.seal(&bytes) }
    if generator.below(20) == 0, bytes.count >= FrameHeader.size {
      // A length that lies, under a checksum that does not.
      WireBytes.set(&bytes, 8, generator.number())
      WireBytes.sealHeader(&bytes)
    }
    return bytes
  }

  private mutating func resize(_ bytes: inout [UInt8]) {
    let size = FrameHeader.size
    let place = size + generator.below(max(1, bytes.count - size))
    switch generator.below(10) {
    case 0: bytes.removeLast(min(bytes.count, 1 + generator.below(32)))
    case 1: bytes += (0..<1 + generator.below(8)).map { _ in generator.number(UInt8.self) }
    case 2 where place < bytes.count:
      bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(32)))
    case 3 where place <= bytes.count:
      bytes.insert(contentsOf: generator.bytes(upTo: 16), at: place)
    default: break
    }
  }

  private mutating func overwrite(_ bytes: inout [UInt8]) {
    // Rarely the header.
    let first = generator.below(16) == 0 ? 0 : FrameHeader.size
    guard bytes.count > first else { return }
    let place = first + generator.below(bytes.count - first)
    switch generator.below(6) {
    case 0: bytes[place] = generator.number()
    case 1: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 2: bytes[place] &+= 1
    case 3: WireBytes.set(&bytes, place, 0xFFFF_FFFF)
    case 4: WireBytes.set(&bytes, place, 0)
    default: WireBytes.set(&bytes, place, UInt32(generator.below(1 << 16)))
    }
  }
}
