/// How bytes are made smaller.
///
/// The raw value stands in files and on the wire, so it never changes. 0 belongs to nobody: whoever stores a codec beside
/// bytes writes 0 for bytes as they are.
public enum CompressionCodec: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  /// One block of LZ4 without length, end mark or checksum; Parquet's `LZ4_RAW`. The fastest.
  case lz4 = 1
  /// LZ4 in frames, as the `lz4` command writes them.
  case lz4Frame = 2
  /// Zstandard frames.
  case zstd = 3
  /// One block of Snappy, which begins with its length.
  case snappy = 4
  /// Deflate in members of gzip.
  case gzip = 5
  /// Deflate in one stream of zlib.
  case zlib = 6
  /// One stream of Brotli.
  case brotli = 7

  /// Such as `lz4-frame`.
  public var description: String {
    switch self {
    case .lz4: "lz4"
    case .lz4Frame: "lz4-frame"
    case .zstd: "zstd"
    case .snappy: "snappy"
    case .gzip: "gzip"
    case .zlib: "zlib"
    case .brotli: "brotli"
    }
  }

  /// The codec that `name` says, as ``description`` spells it; nil when there is none of that name.
  public init?(name: String) {
    guard let codec = Self.allCases.first(where: { $0.description == name }) else { return nil }
    self = codec
  }

  /// The end of a file's name that tells of this codec; nil for one that files are not written in.
  public var fileExtension: String? {
    switch self {
    case .lz4Frame: "lz4"
    case .zstd: "zst"
    case .gzip: "gz"
    case .brotli: "br"
    case .lz4, .snappy, .zlib: nil
    }
  }

  /// The codec of a file by the end of its name, such as `gz`; nil for any other end.
  public init?(fileExtension: some StringProtocol) {
    guard let codec = Self.allCases.first(where: { $0.fileExtension.map { fileExtension == $0 } ?? false }) else {
      return nil
    }
    self = codec
  }

  /// Whether bytes of any length can pass through piece by piece; otherwise they come in one block.
  public var hasStreams: Bool {
    switch self {
    case .lz4, .snappy: false
    case .lz4Frame, .zstd, .gzip, .zlib, .brotli: true
    }
  }

  /// Whether compressed bytes tell where they end. Those of ``lz4`` do not, so their reader must know how many it expects.
  public var marksEnd: Bool { self != .lz4 }

  /// How hard a compressor may try, from fast to small; nil for a codec that knows one way only.
  public var levels: ClosedRange<Int>? {
    switch self {
    case .lz4, .snappy: nil
    case .lz4Frame: 1...12
    case .zstd: 1...19
    case .gzip, .zlib: 1...9
    // Below 2 the library does not bound the size of what it writes.
    case .brotli: 2...11
    }
  }

  /// The level of a compressor that was not told one; 0 for a codec without levels.
  public var defaultLevel: Int {
    switch self {
    case .lz4, .snappy: 0
    case .lz4Frame: 1
    case .zstd: 3
    case .gzip, .zlib: 6
    case .brotli: 5
    }
  }

  /// Bytes that a block may have before it is compressed: what every codec can do.
  public static let largestBlock = 1 << 30
}
