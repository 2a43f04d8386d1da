public import FlintCompression

/// How the pages of a column are compressed.
public enum ParquetCodec: Int32, CaseIterable, Hashable, Sendable {
  case none = 0
  case snappy = 1
  case gzip = 2
  case brotli = 4
  case zstd = 6
  /// A block of LZ4 and nothing else. The older form, whose frame nobody agreed on, is not read.
  case lz4 = 7

  /// What compresses the pages; nil for bytes as they are.
  public var compression: CompressionCodec? {
    switch self {
    case .none: nil
    case .snappy: .snappy
    case .gzip: .gzip
    case .brotli: .brotli
    case .zstd: .zstd
    case .lz4: .lz4
    }
  }
}
