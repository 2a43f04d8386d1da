import CFlint
import FlintCore
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
  /// The vectors of RFC 3720, B.4, and the check value of the algorithm's catalogue.
  static let vectors: [(bytes: [UInt8], checksum: UInt32)] = [
    ([], 0),
    (Array(repeating: 0, count: 32), 0x8A91_36AA),
    (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E),
    (Array((0..<32).reversed()), 0x113F_DB5C),
    (Array("123456789".utf8), 0xE306_9283),
  ]

  /// The ways that this processor has.
  static let ways = [flint_crc32c_portable, flint_crc32c_instruction, flint_crc32c_interleaved, flint_crc32c_folded]
    .filter { flint_crc32c_supports($0) }

  @Test("every way of computing gives the published checksums", arguments: ways.map(\.rawValue))
  func published(way: UInt32) {
    for (bytes, checksum) in Self.vectors {
      let computed = bytes.withUnsafeBytes {
        flint_crc32c_by(flint_crc32c_way(rawValue: way), 0, $0.baseAddress, $0.count)
      }
      #expect(computed == checksum)
      #expect(CRC32C.checksum(bytes) == checksum)
    }
  }

  @Test("all ways agree on all alignments and on lengths around every block size", arguments: 0..<16)
  func agreement(alignment: Int) {
    var generator = SeededGenerator(seed: UInt64(alignment))
    let buffer = (0..<70_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let edges = [
      0, 1, 7, 8, 9, 383, 384, 385, 391, 511, 512, 513, 767, 768, 769, 3071, 3072, 3073, 3456, 6144, 6150, 69_000,
    ]
    let lengths = edges + (0..<50).map { _ in Int.random(in: 0..<20_000, using: &generator) }
    for length in lengths {
      let start = UInt32.random(in: 0...(.max), using: &generator)
      let results = buffer.withUnsafeBytes { bytes in
        Self.ways.map { flint_crc32c_by($0, start, bytes.baseAddress.map { $0 + alignment }, length) }
      }
      #expect(Set(results).count == 1, "\(length) bytes at \(alignment): \(results)")
    }
  }

  @Test("pieces give the checksum of the whole, wherever it is cut")
  func incremental() {
    var generator = SeededGenerator(seed: 1)
    let bytes = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let whole = CRC32C.checksum(bytes)
    for _ in 0..<100 {
      let cut = Int.random(in: 0...bytes.count, using: &generator)
      var checksum = CRC32C()
      checksum.update(Array(bytes[..<cut]))
      var rest = CRC32C(continuing: checksum.value)
      rest.update(Array(bytes[cut...]))
      #expect(rest.value == whole)
    }
  }

  @Test("any flipped bit changes the checksum")
  func bitFlips() {
    let bytes: [UInt8] = Array(0..<100)
    let whole = CRC32C.checksum(bytes)
    for bit in 0..<800 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(CRC32C.checksum(flipped) != whole)
    }
  }

  @Test("the checksum of two runs of bytes follows from those of both")
  func joining() {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<5000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    for cut in [0, 1, 7, 8, 63, 64, 4097, 4999, 5000] {
      let (first, second) = (Array(bytes[..<cut]), Array(bytes[cut...]))
      let joined = CRC32C.joined(
        CRC32C.checksum(first), CRC32C.checksum(second), count: Int64(second.count))
      #expect(joined == CRC32C.checksum(bytes), "cut at \(cut)")
    }
  }
}
