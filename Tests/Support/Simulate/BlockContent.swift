internal import FlintCore
internal import FlintStorage

/// The bytes of a block, which follow from a number and a length, and carry both.
struct BlockContent: BlockValues, Hashable {
  let seed: UInt64
  let length: Int

  static let shortest = 16

  var bytes: [UInt8] {
    var state = seed
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length + 8)
    append(seed, to: &bytes)
    append(UInt64(length), to: &bytes)
    while bytes.count < length {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      append(state, to: &bytes)
    }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  var pieceCount: Int { 1 }
  func piece(_ index: Int) -> [UInt8] { bytes }

  init(seed: UInt64, length: Int) {
    self.seed = seed
    self.length = length
  }

  /// The content that these bytes are; nil when they are none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.shortest else { return nil }
    func number(_ start: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) } }
    self.init(seed: number(0), length: bytes.count)
    guard number(8) == UInt64(bytes.count), self.bytes == bytes else { return nil }
  }

  private func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift))) }
  }
}
