import CompressionSamples
import FlintCompression
import FlintCore
import Testing

/// Others read what we write, and we read what others write.
@Suite("Compression beside others", .timeLimit(.minutes(2)))
struct OracleTests {
  private static let samples: [[UInt8]] =
    CompressionSamples.Kind.allCases.flatMap { kind in
      [1, 1000, 70_000, 1_000_000].map { CompressionSamples.bytes(kind, count: $0) }
    } + [[]]

  @Test(
    "the formats' own commands read our streams, and we read theirs",
    arguments: [
      (CompressionCodec.gzip, "/usr/bin/gzip"), (.zstd, "/usr/bin/zstd"), (.lz4Frame, "/usr/bin/lz4"),
      (.brotli, "/usr/bin/brotli"),
    ])
  func commands(codec: CompressionCodec, command: String) async throws {
    try await Scratch.use { scratch in
      for (index, bytes) in Self.samples.enumerated() {
        let (ours, plain) = ("\(index).ours", "\(index).plain")
        try await scratch.write(try Pieces.compress(bytes, codec, size: 60_000), ours)
        try await scratch.write(bytes, plain)
        let read = try await CompressionProgram.run(FilePath(command), ["-dc", (scratch.folder / ours).string])
        #expect(read.exit == .exited(0))
        #expect(read.output == bytes, "\(command) reads something else, sample \(index)")
        let written = try await CompressionProgram.run(FilePath(command), ["-c", (scratch.folder / plain).string])
        #expect(written.exit == .exited(0))
        #expect(try Pieces.decompress(written.output, codec, size: 4096, room: 50_000) == bytes, "sample \(index)")
      }
    }
  }

  @Test(
    "two files of a command one behind another are read as one",
    arguments: [
      (CompressionCodec.gzip, "/usr/bin/gzip"), (.zstd, "/usr/bin/zstd"), (.lz4Frame, "/usr/bin/lz4"),
    ])
  func concatenated(codec: CompressionCodec, command: String) async throws {
    let bytes = CompressionSamples.mixed(count: 100_000)
    try await Scratch.use { scratch in
      try await scratch.write(bytes, "plain")
      let one = try await CompressionProgram.run(FilePath(command), ["-c", (scratch.folder / "plain").string])
      let both = try Pieces.decompress(one.output + one.output, codec, size: 999, room: 9999)
      #expect(both == bytes + bytes)
    }
  }

  @Test("pyarrow and Python read our blocks, and we read theirs")
  func arrow() async throws {
    try await Scratch.use { scratch in
      for codec in CompressionCodec.allCases {
        let compressor = try BlockCompressor(codec)
        for (index, bytes) in Self.samples.enumerated() {
          if codec == .lz4 { try await scratch.write(bytes, "\(index).plain") }
          try await scratch.write(try compressor.compress(bytes), "\(index).\(codec).ours")
        }
      }
      let arguments = [scratch.folder.string, "\(Self.samples.count)"]
      let result = try await CompressionProgram.python(Self.script, arguments)
      try #require(result.exit == .exited(0), "\(String(decoding: result.output.suffix(600), as: UTF8.self))")
      #expect(String(decoding: result.output, as: UTF8.self) == "\(Self.samples.count * 7) blocks\n")
      for codec in CompressionCodec.allCases {
        let decompressor = try BlockDecompressor(codec)
        for (index, bytes) in Self.samples.enumerated() {
          let theirs = try await scratch.read("\(index).\(codec).theirs")
          #expect(try decompressor.decompress(theirs, size: bytes.count) == bytes, "\(codec), sample \(index)")
        }
      }
    }
  }

  /// Compares each of our blocks with its plain bytes, and writes those bytes compressed beside it.
  private static let script = """
    import sys, zlib
    import pyarrow as pa
    folder, count = sys.argv[1], int(sys.argv[2])
    class Zlib:
        def compress(self, data, asbytes): return zlib.compress(data)
        def decompress(self, data, size, asbytes): return zlib.decompress(data)
    names = {'lz4': 'lz4_raw', 'lz4-frame': 'lz4', 'zstd': 'zstd', 'snappy': 'snappy', 'gzip': 'gzip', 'brotli': 'brotli'}
    codecs = {ours: pa.Codec(theirs) for ours, theirs in names.items()} | {'zlib': Zlib()}
    blocks = 0
    for index in range(count):
        plain = open(f'{folder}/{index}.plain', 'rb').read()
        for name, codec in codecs.items():
            ours = open(f'{folder}/{index}.{name}.ours', 'rb').read()
            # pyarrow gives some codecs no memory at all for no bytes, and they refuse that.
            if plain: assert codec.decompress(ours, len(plain), asbytes=True) == plain, (name, index)
            open(f'{folder}/{index}.{name}.theirs', 'wb').write(codec.compress(plain, asbytes=True))
            blocks += 1
    print(blocks, 'blocks')
    """
}
