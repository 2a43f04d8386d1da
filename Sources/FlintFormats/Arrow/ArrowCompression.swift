internal import FlintCompression

/// How the buffers of a file of Arrow's are compressed, each by itself.
public enum ArrowCompression: Sendable, Hashable, CaseIterable {
  case none, lz4, zstd

  init(number: Int8) throws(FormatFault) {
    switch number {
    case 0: self = .lz4
    case 1: self = .zstd
    default: throw .unsupported("its buffers are compressed in an unknown way, number \(number)")
    }
  }

  /// Its number in the format.
  var number: Int8? {
    switch self {
    case .none: nil
    case .lz4: 0
    case .zstd: 1
    }
  }

  var codec: CompressionCodec? {
    switch self {
    case .none: nil
    case .lz4: .lz4Frame
    case .zstd: .zstd
    }
  }
}
