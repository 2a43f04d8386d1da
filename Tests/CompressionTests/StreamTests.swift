import CompressionSamples
import FlintCompression
import FlintCore
import Testing

@Suite("Compressed streams")
struct StreamTests {
  static let codecs = CompressionCodec.allCases.filter(\.hasStreams)

  @Test("what is written in pieces is read in pieces, however both are cut", arguments: codecs)
  func pieces(codec: CompressionCodec) throws {
    for kind in CompressionSamples.Kind.allCases {
      let bytes = CompressionSamples.bytes(kind, count: 300_000)
      for written in [999, 70_000, 300_000] {
        let compressed = try Pieces.compress(bytes, codec, size: written)
        for (size, room) in [(1, 50_000), (777, 1000), (compressed.count, 1 << 20)] {
          #expect(try Pieces.decompress(compressed, codec, size: size, room: room) == bytes, "\(kind) \(size) \(room)")
        }
        #expect(try BlockDecompressor(codec).decompress(compressed, limit: bytes.count) == bytes)
      }
    }
    let few = CompressionSamples.mixed(count: 200)
    #expect(try Pieces.decompress(try Pieces.compress(few, codec, size: 1), codec, size: 1, room: 1) == few)
  }

  @Test("a stream without bytes is a frame that says so; no bytes at all are an error", arguments: codecs)
  func empty(codec: CompressionCodec) throws {
    let compressed = try Pieces.compress([], codec, size: 1)
    #expect(!compressed.isEmpty)
    #expect(try Pieces.decompress(compressed, codec, size: 1, room: 10).isEmpty)
    #expect(failure { try Pieces.decompress([], codec, size: 1, room: 10) }?.code == .corruptData)
  }

  @Test("frames one behind another are one file, where the format says so", arguments: codecs)
  func severalFrames(codec: CompressionCodec) throws {
    let stream = try CompressionStream(codec)
    var compressed: [UInt8] = []
    for part in ["first ", "", "third"] {
      try Array(part.utf8).withUnsafeBytes { try stream.encode($0, into: &compressed) }
      try stream.finish(into: &compressed)
    }
    switch codec {
    case .gzip, .zstd, .lz4Frame:
      for size in [1, 7, compressed.count] {
        let bytes = try Pieces.decompress(compressed, codec, size: size, room: 4)
        #expect(String(decoding: bytes, as: UTF8.self) == "first third")
      }
      #expect(try BlockDecompressor(codec).decompress(compressed, size: 11) == Array("first third".utf8))
    case .zlib, .brotli, .lz4, .snappy:
      #expect(failure { try Pieces.decompress(compressed, codec, size: 1, room: 4) }?.code == .corruptData)
    }
  }

  @Test("something else behind the end is an error that says where", arguments: codecs)
  func trailingBytes(codec: CompressionCodec) throws {
    let compressed = try Pieces.compress(Array("some text".utf8), codec, size: 100)
    for tail in [[0, 0, 0, 0, 0, 0, 0, 0], Array("garbage!".utf8)] {
      let error = try #require(failure { try Pieces.decompress(compressed + tail, codec, size: 5, room: 100) })
      #expect(error.code == .corruptData)
      #expect(error.what.contains("\(codec)"))
      #expect(failure { try BlockDecompressor(codec).decompress(compressed + tail, size: 9) }?.code == .corruptData)
    }
  }

  @Test("a stream is as new after a reset, also in the middle and after an error", arguments: codecs)
  func reset(codec: CompressionCodec) throws {
    let bytes = CompressionSamples.mixed(count: 5000)
    let compressed = try Pieces.compress(bytes, codec, size: 5000)
    let stream = try DecompressionStream(codec)
    var memory = [UInt8](repeating: 0, count: 5000)
    func decode(_ input: [UInt8]) throws -> DecompressionStream.Progress {
      try input.withUnsafeBytes { input in
        try memory.withUnsafeMutableBytes { try stream.decode(input, into: $0) }
      }
    }
    _ = try decode(Array(compressed[..<100]))
    try stream.reset()
    #expect(failure { try decode([0xFE, 0xED, 0xFA, 0xCE, 0xFF, 0xFF, 0xFF, 0xFF] + compressed) } != nil)
    try stream.reset()
    #expect(try decode(compressed).produced == 5000)
    #expect(memory == bytes)
    #expect(stream.offset <= compressed.count)
  }

  @Test("an LZ4 frame that says its size and is left half read does not spoil the next one")
  func abandonedFrame() throws {
    // Descriptor with content size (5), block independence and the header's checksum, but no blocks yet.
    let header: [UInt8] = [0x04, 0x22, 0x4D, 0x18, 0x68, 0x40, 5, 0, 0, 0, 0, 0, 0, 0, 0x61]
    let decompressor = try BlockDecompressor(.lz4Frame)
    #expect(failure { try decompressor.decompress(header, size: 5) }?.why?.contains("they end at byte 15") ?? false)
    let sound = try BlockCompressor(.lz4Frame).compress(Array("sound".utf8))
    #expect(try decompressor.decompress(sound, size: 5) == Array("sound".utf8))
  }

  @Test("codecs of single blocks have no streams", arguments: [CompressionCodec.lz4, .snappy])
  func noStreams(codec: CompressionCodec) throws {
    #expect(failure { try CompressionStream(codec) }?.code == .invalidArgument)
    #expect(failure { try DecompressionStream(codec) }?.code == .invalidArgument)
  }
}
