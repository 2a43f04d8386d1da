import FlintCore
import LayoutSamples

/// Damages blocks as a broken disk, a broken peer or an attacker would.
struct Mutation {
  private static let headerSize = 32
  var generator: Generator

  /// The block, damaged in one to four places. Seven of ten get a right length and checksum again, so that the damage
  /// meets the decoder and not the header.
  mutating func damaged(_ block: [UInt8]) -> [UInt8] {
    var bytes = block
    resize(&bytes)
    for _ in 0...generator.below(4) { overwrite(&bytes) }
    if generator.below(10) < 7 { Self.seal(&bytes) }
    return bytes
  }

  private mutating func resize(_ bytes: inout [UInt8]) {
    let place = Self.headerSize + generator.below(max(1, bytes.count - Self.headerSize))
    switch generator.below(10) {
    case 0: bytes.removeLast(min(bytes.count, 1 + generator.below(32)))
    case 1: bytes += (0..<1 + generator.below(8)).map { _ in UInt8(generator.below(256)) }
    case 2 where place < bytes.count:
      bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(64)))
    case 3 where place <= bytes.count:
      bytes.insert(contentsOf: (0..<1 + generator.below(16)).map { _ in UInt8(generator.below(256)) }, at: place)
    default: break
    }
  }

  private mutating func overwrite(_ bytes: inout [UInt8]) {
    // Rarely the header; of it most often the number of rows.
    let first = generator.below(12) == 0 ? generator.one(of: [0, 8, 24]) : Self.headerSize
    guard bytes.count > first else { return }
    let place = first + generator.below(min(first == 24 ? 8 : bytes.count, bytes.count - first))
    switch generator.below(6) {
    case 0: bytes[place] = UInt8(generator.below(256))
    case 1: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 2: bytes[place] &+= 1
    case 3: set(&bytes, place, 0xFFFF_FFFF)
    case 4: set(&bytes, place, 0)
    default: set(&bytes, place, UInt32(generator.below(1 << 20)))
    }
  }

  private func set(_ bytes: inout [UInt8], _ place: Int, _ number: UInt32) {
    for index in 0..<4 where place + index < bytes.count {
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index))
    }
  }

  /// Writes a right length and a right checksum into the header.
  static func seal(_ bytes: inout [UInt8]) {
    guard bytes.count >= headerSize else { return }
    let length = UInt32(bytes.count - headerSize)
    for index in 0..<4 { bytes[12 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
    let checksum = CRC32C.checksum(Array(bytes[8...]))
    for index in 0..<4 { bytes[4 + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * index)) }
  }
}
