internal import FlintCompression

/// How text files are compressed.
public enum TextCompression: Hashable, Sendable, CaseIterable {
  /// Not at all.
  case none
  /// By gzip; names end in `.gz`.
  case gzip
  /// By Zstandard; names end in `.zst`.
  case zstd

  var codec: CompressionCodec? {
    switch self {
    case .none: nil
    case .gzip: .gzip
    case .zstd: .zstd
    }
  }
}
