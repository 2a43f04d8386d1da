/// Which values a chunk may hold, by their hashes: blocks of eight words, in each of which a value sets one bit.
struct BloomFilter {
  static let blockSize = 32
  /// Larger ones are not read.
  static let largest = 128 << 20
  /// What is read of a header.
  static let header = 256

  private static let salts: [UInt32] = [
    0x47b6_137b, 0x4497_4d91, 0x8824_ad5b, 0xa2b7_289d, 0x7054_95c7, 0x2df1_424b, 0x9efc_4947, 0x5c6b_fb31,
  ]

  private(set) var words: [UInt32]

  /// An empty filter for about `count` different values, of which one in a hundred others seems to be there.
  init(for count: Int) {
    // Ten and a half bits a value, in a power of two of blocks.
    let blocks = max(1, count * 11 / (8 * Self.blockSize))
    let power = 1 << (Int.bitWidth - (blocks - 1).leadingZeroBitCount)
    words = [UInt32](repeating: 0, count: 8 * min(power, Self.largest / Self.blockSize))
  }

  /// A filter that a file holds.
  init(_ bytes: UnsafeRawBufferPointer) {
    words = (0..<bytes.count / 4).map {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
    }
  }

  /// Reads the header of a filter: the length of the header, and that of the filter.
  static func readHeader(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) -> (length: Int, size: Int)? {
    var reader = ThriftReader(bytes)
    var (size, isKnown) = (0, true)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .int32):
        size = Int(try reader.int32())
        return true
      case (2, .structure), (3, .structure), (4, .structure):
        // Of each of these unions only the first member is known.
        try reader.structure { (_, number, _) throws(FormatFault) in
          isKnown = isKnown && number == 1
          return false
        }
        return true
      default: return false
      }
    }
    guard isKnown, size > 0, size <= largest, size.isMultiple(of: blockSize) else { return nil }
    return (reader.consumed, size)
  }

  mutating func insert(_ hash: UInt64) {
    let (block, key) = place(hash)
    for index in 0..<8 { words[block + index] |= Self.mask(key, index) }
  }

  /// False only if the value is not there.
  func mayContain(_ hash: UInt64) -> Bool {
    let (block, key) = place(hash)
    return (0..<8).allSatisfy { words[block + $0] & Self.mask(key, $0) != 0 }
  }

  /// The filter as it stands in a file, with its header.
  var bytes: [UInt8] {
    let header = ThriftStructWriter.bytes { writer in
      writer.field(1, Int32(words.count * 4))
      for number in 2...4 { writer.structure(number) { $0.structure(1) { _ in } } }
    }
    return header + words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  }

  private func place(_ hash: UInt64) -> (block: Int, key: UInt32) {
    let blocks = UInt64(words.count / 8)
    return (Int(((hash >> 32) &* blocks) >> 32) * 8, UInt32(truncatingIfNeeded: hash))
  }

  private static func mask(_ key: UInt32, _ index: Int) -> UInt32 { 1 << ((key &* salts[index]) >> 27) }
}
