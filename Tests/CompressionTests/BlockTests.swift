import CompressionSamples
import FlintCompression
import FlintCore
import Testing

@Suite("Compressed blocks")
struct BlockTests {
  private static let sizes = [0, 1, 13, 100, 65_535, 65_536, 65_537, 400_000]

  @Test("a block of any size and kind comes back", arguments: CompressionCodec.allCases)
  func roundTrip(codec: CompressionCodec) throws {
    let (compressor, decompressor) = (try BlockCompressor(codec), try BlockDecompressor(codec))
    for kind in CompressionSamples.Kind.allCases {
      for size in Self.sizes {
        let block = CompressionSamples.bytes(kind, count: size)
        let compressed = try compressor.compress(block)
        let bound = try compressor.bound(size)
        #expect(compressed.count <= bound)
        if size > 1000, kind != .noise { #expect(compressed.count < size / 2, "\(codec) keeps \(kind) as it is") }
        #expect(try decompressor.decompress(compressed, size: size) == block, "\(kind), \(size) bytes")
        guard codec.marksEnd else { continue }
        #expect(try decompressor.decompress(compressed, limit: size) == block, "\(kind), at most \(size) bytes")
        #expect(try decompressor.decompress(compressed, limit: size + 1000) == block)
      }
    }
  }

  @Test("two blocks together are what each is alone", arguments: CompressionCodec.allCases)
  func pairs(codec: CompressionCodec) throws {
    let (compressor, decompressor) = (try BlockCompressor(codec), try BlockDecompressor(codec))
    #expect(decompressor.isFasterInPairs == (codec == .snappy))
    let kinds = CompressionSamples.Kind.allCases
    for (number, size) in Self.sizes.enumerated() {
      for (kind, other) in zip(kinds, kinds.dropFirst() + kinds.prefix(1)) {
        let first = CompressionSamples.bytes(kind, count: size)
        // Blocks of one length end together, others do not.
        let second = CompressionSamples.bytes(other, count: Self.sizes[(number + size % 3) % Self.sizes.count])
        let pair = try DecompressedPair(
          try compressor.compress(first), first.count, try compressor.compress(second), second.count, decompressor)
        #expect(pair.first == first, "\(kind), \(size) bytes")
        #expect(pair.second == (codec == .snappy ? second : nil), "\(other), \(second.count) bytes")
      }
    }
  }

  @Test("of two blocks a damaged one does not harm the other")
  func damagedPairs() throws {
    let decompressor = try BlockDecompressor(.snappy)
    let block = CompressionSamples.mixed(count: 40_000)
    let sound = try BlockCompressor(.snappy).compress(block)
    // A copy from 9 bytes back behind one byte, which must be 40,000; and a block that ends too early.
    let damaged: [[UInt8]] = [[0xC0, 0xB8, 0x02, 0, 97, 0b101, 9], Array(sound.dropLast(300))]
    for damaged in damaged {
      #expect(try DecompressedPair(sound, block.count, damaged, block.count, decompressor).second == nil)
      #expect(try DecompressedPair(sound, block.count, damaged, block.count, decompressor).first == block)
      #expect(
        failure { try DecompressedPair(damaged, block.count, sound, block.count, decompressor) }?.code == .corruptData)
    }
    #expect(try DecompressedPair(sound, block.count, sound, block.count - 1, decompressor).second == nil)
    #expect(
      failure { try DecompressedPair(sound, block.count + 1, sound, block.count, decompressor) }?.code == .corruptData)
  }

  @Test("every level writes what the one reader reads", arguments: CompressionCodec.allCases)
  func levels(codec: CompressionCodec) throws {
    let block = CompressionSamples.mixed(count: 20_000)
    let decompressor = try BlockDecompressor(codec)
    var sizes: [Int] = []
    for level in codec.levels.map(Array.init) ?? [] {
      let compressed = try BlockCompressor(codec, level: level).compress(block)
      sizes.append(compressed.count)
      #expect(try decompressor.decompress(compressed, size: block.count) == block, "level \(level)")
    }
    if let first = sizes.first, let last = sizes.last { #expect(last < first, "the hardest level is not the smallest") }
    for level in [-1, 0, 100] {
      let error = failure { try BlockCompressor(codec, level: level) }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test("a size that is not the block's is an error and no part of it", arguments: CompressionCodec.allCases)
  func wrongSize(codec: CompressionCodec) throws {
    let block = CompressionSamples.mixed(count: 5000)
    let compressed = try BlockCompressor(codec).compress(block)
    let decompressor = try BlockDecompressor(codec)
    for size in [0, 1, 4999, 5001, 100_000] {
      #expect(failure { try decompressor.decompress(compressed, size: size) }?.code == .corruptData, "\(size)")
    }
    #expect(try decompressor.decompress(compressed, size: 5000) == block, "it is of use after an error")
  }

  @Test("a block that would grow beyond the limit is refused", arguments: CompressionCodec.allCases)
  func bomb(codec: CompressionCodec) throws {
    let compressed = try BlockCompressor(codec).compress([UInt8](repeating: 0, count: 64 << 20))
    let decompressor = try BlockDecompressor(codec)
    let error = try #require(failure { try decompressor.decompress(compressed, limit: 1 << 20) })
    #expect(error.code == (codec.marksEnd ? .memoryBudgetExceeded : .invalidArgument))
    #expect(error.what.contains("\(codec)"))
    #expect(failure { try decompressor.decompress(compressed, size: 1 << 20) }?.code == .corruptData)
  }

  @Test("a claim of gigabytes in a few bytes of snappy costs no memory")
  func liar() throws {
    let claim: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x03, 0, 65]
    let error = try #require(failure { try BlockDecompressor(.snappy).decompress(claim, limit: 1 << 30) })
    #expect(error.code == .corruptData)
  }

  @Test("numbers and names of codecs are what files hold, and stay")
  func numbers() throws {
    let table = CompressionCodec.allCases.map { "\($0.rawValue) \($0) \($0.fileExtension ?? "-")" }
    #expect(
      table == [
        "1 lz4 -", "2 lz4-frame lz4", "3 zstd zst", "4 snappy -", "5 gzip gz", "6 zlib -", "7 brotli br",
      ])
    for codec in CompressionCodec.allCases {
      #expect(CompressionCodec(name: codec.description) == codec)
      if let end = codec.fileExtension { #expect(CompressionCodec(fileExtension: end) == codec) }
    }
    #expect(CompressionCodec(rawValue: 0) == nil)
    #expect(CompressionCodec(name: "lzma") == nil)
    #expect(CompressionCodec(fileExtension: "") == nil)
  }
}
