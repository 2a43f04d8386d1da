import FlintCompression
import FlintCore

/// Streams that are fed in pieces.
enum Pieces {
  /// The frame that a stream makes of `bytes`, `size` bytes at a time.
  static func compress(_ bytes: [UInt8], _ codec: CompressionCodec, level: Int? = nil, size: Int) throws -> [UInt8] {
    let stream = try CompressionStream(codec, level: level)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      try bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { try stream.encode($0, into: &output) }
    }
    try stream.finish(into: &output)
    return output
  }

  /// What a stream gives for `bytes`, with `size` bytes of input and `room` bytes of output at a time.
  static func decompress(_ bytes: [UInt8], _ codec: CompressionCodec, size: Int, room: Int) throws -> [UInt8] {
    let stream = try DecompressionStream(codec)
    var output: [UInt8] = []
    var memory = [UInt8](repeating: 0, count: room)
    for start in stride(from: 0, to: bytes.count, by: size) {
      var rest = bytes[start..<min(bytes.count, start + size)]
      while true {
        let progress = try rest.withUnsafeBytes { rest in
          try memory.withUnsafeMutableBytes { try stream.decode(rest, into: $0) }
        }
        output += memory[..<progress.produced]
        rest = rest.dropFirst(progress.consumed)
        if rest.isEmpty && progress.produced < room { break }
      }
    }
    try stream.finish()
    return output
  }
}
