import CompressionSamples
import FlintCompression
import FlintCore
import Testing

/// Bytes that are not what was written. Formats without a checksum cannot see every change; all see a cut.
@Suite("Damaged compressed bytes")
struct DamageTests {
  @Test("a block that was cut at any byte is refused", arguments: CompressionCodec.allCases)
  func cutBlocks(codec: CompressionCodec) throws {
    let block = CompressionSamples.mixed(count: 3000)
    let compressed = try BlockCompressor(codec).compress(block)
    let decompressor = try BlockDecompressor(codec)
    for count in compressed.indices {
      let error = failure { try decompressor.decompress(Array(compressed[..<count]), size: block.count) }
      #expect(error?.code == .corruptData, "cut at \(count)")
      guard codec.marksEnd else { continue }
      #expect(
        failure { try decompressor.decompress(Array(compressed[..<count]), limit: 10_000) }?.code == .corruptData,
        "cut at \(count)")
    }
  }

  @Test("a stream that was cut at any byte is refused", arguments: StreamTests.codecs)
  func cutStreams(codec: CompressionCodec) throws {
    let compressed = try Pieces.compress(CompressionSamples.mixed(count: 3000), codec, size: 500)
    for count in compressed.indices {
      let error = failure { try Pieces.decompress(Array(compressed[..<count]), codec, size: 64, room: 512) }
      #expect(error?.code == .corruptData, "cut at \(count)")
    }
  }

  @Test(
    "streams with a checksum refuse every flipped bit behind the header",
    arguments: [
      (CompressionCodec.gzip, 10), (.zlib, 2), (.zstd, 6), (.lz4Frame, 7),
    ])
  func flippedBits(codec: CompressionCodec, headerSize: Int) throws {
    let bytes = CompressionSamples.mixed(count: 1500)
    let compressed = try Pieces.compress(bytes, codec, size: 1500)
    var taken = 0
    for bit in 8 * headerSize..<8 * compressed.count {
      var damaged = compressed
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      // A bit that means nothing may flip without harm: then the bytes are the right ones.
      guard let result = try? Pieces.decompress(damaged, codec, size: 4096, room: 4096) else { continue }
      #expect(result == bytes, "bit \(bit) changes what is read")
      taken += 1
    }
    #expect(taken * 100 < 8 * compressed.count, "\(taken) flipped bits were taken")
  }

  @Test(
    "an error names the codec and the byte where the damage is met",
    arguments: [
      // Literals "abc", then a copy from 9 bytes back, where only three are.
      (CompressionCodec.lz4, [0x31, 97, 98, 99, 9, 0, 0x10, 97], 16, "behind byte 4: it copies from 9 bytes back"),
      (.lz4, [0xF0, 255, 255], 16, "they end at byte 3"),
      (.lz4, [0x50, 97, 97, 97, 97, 97], 4, "behind byte 0: it holds more than 4 bytes"),
      (.lz4, [0x10, 97], 4, "they hold 1 bytes instead of 4"),
      (.snappy, [4, 0, 97, 0b101, 9], 4, "behind byte 3: it copies from 9 bytes back"),
      (.snappy, [4, 12, 97], 4, "they end at byte 3"),
      (.snappy, [2, 8, 97, 98, 99], 2, "behind byte 1: it holds more than the 2 bytes it says"),
      (.snappy, [0xFF, 0xFF], 4, "behind byte 0: it does not begin with a length"),
      (.snappy, [5, 8, 97, 98, 99], 4, "they hold 5 bytes instead of 4"),
    ] as [(CompressionCodec, [UInt8], Int, String)])
  func places(codec: CompressionCodec, block: [UInt8], size: Int, why: String) throws {
    let error = try #require(failure { try BlockDecompressor(codec).decompress(block, size: size) })
    #expect(error.code == .corruptData)
    #expect(error.what == "these \(codec) bytes are damaged")
    #expect(error.why?.hasPrefix(why) ?? false, "\(error.why ?? "")")
  }

  @Test("damage in a stream is told by its place among all compressed bytes", arguments: StreamTests.codecs)
  func placesInStreams(codec: CompressionCodec) throws {
    let compressed = try Pieces.compress(CompressionSamples.bytes(.noise, count: 200_000), codec, size: 200_000)
    let half = compressed.count / 2
    let damaged = compressed[..<half] + [UInt8](repeating: 0xFF, count: compressed.count - half)
    let error = try #require(failure { try Pieces.decompress(Array(damaged), codec, size: 1000, room: 1 << 20) })
    #expect(error.code == .corruptData)
    let digits = try #require(error.why?.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first)
    // Libraries look ahead, but not behind; the last checksum is the latest place.
    #expect((half - 1000...compressed.count).contains(digits), "\(error.why ?? "")")
  }

  @Test("a zstd window that would take gigabytes is refused before it is taken")
  func window() throws {
    // A frame header without content size, whose window descriptor asks for 2 GiB.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00]
    let error = try #require(failure { try Pieces.decompress(frame, .zstd, size: 100, room: 100) })
    #expect(error.code == .memoryBudgetExceeded)
  }
}
