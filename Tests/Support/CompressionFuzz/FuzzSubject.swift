import CompressionSamples
import FlintCompression
import FlintCore

/// One codec with sound inputs for it, and its decoders, which are used again and again, also after errors.
final class FuzzSubject {
  /// The decoders disagree, or one gave more than it may.
  struct Violation: Error {
    let what: String
  }

  /// What a decoder may give for one input.
  private static let limit = 1 << 20

  let codec: CompressionCodec
  let corpus: [(original: [UInt8], compressed: [UInt8])]
  private let blocks: BlockDecompressor
  private let stream: DecompressionStream?

  init(_ codec: CompressionCodec) throws {
    self.codec = codec
    blocks = try BlockDecompressor(codec)
    stream = codec.hasStreams ? try DecompressionStream(codec) : nil
    let compressor = try BlockCompressor(codec)
    corpus = try CompressionSamples.Kind.allCases.flatMap { kind in
      try [0, 1, 60, 700, 9000].flatMap { size in
        let original = CompressionSamples.bytes(kind, count: size)
        var compressed = [try compressor.compress(original)]
        if codec.hasStreams {
          let stream = try CompressionStream(codec)
          var output: [UInt8] = []
          try original.withUnsafeBytes { try stream.encode($0, into: &output) }
          try stream.finish(into: &output)
          compressed.append(output)
        }
        return compressed.map { (original, $0) }
      }
    }
  }

  /// What came of damaged bytes: `taken`, or the code of the error.
  func outcome(of bytes: [UInt8], original: [UInt8], piece: Int, room: Int) throws -> String {
    let exact = Self.result { try blocks.decompress(bytes, size: original.count) }
    try requireEqualPairs(bytes, exact, size: original.count)
    guard codec.marksEnd else { return Self.name(exact) }
    let capped = Self.result { try blocks.decompress(bytes, limit: Self.limit) }
    if case .success(let result) = capped {
      guard result.count <= Self.limit else { throw Violation(what: "\(codec) gave \(result.count) bytes") }
      let agrees = (try? exact.get()).map { $0 == result } ?? (result.count != original.count)
      guard agrees else { throw Violation(what: "\(codec) reads another block when it knows its size: \(bytes)") }
    }
    if let stream {
      let pieces = Self.result { try read(bytes, stream, piece, room) }
      guard (try? pieces.get()) == (try? capped.get()) else {
        throw Violation(what: "\(codec) reads a block and a stream differently, \(piece) \(room): \(bytes)")
      }
    }
    return Self.name(capped)
  }

  /// Demands that the bytes are read as they are alone, also together with others, before and after them.
  private func requireEqualPairs(
    _ bytes: [UInt8], _ alone: Result<[UInt8], FlintError>, size: Int
  ) throws {
    guard blocks.isFasterInPairs else { return }
    let other = corpus[size % corpus.count]
    let first = Result { try DecompressedPair(bytes, size, other.compressed, other.original.count, blocks) }
    let second = try DecompressedPair(other.compressed, other.original.count, bytes, size, blocks)
    let expected = try? alone.get()
    guard (try? first.get())?.first == expected, second.second == expected, second.first == other.original,
      expected == nil || (try? first.get())?.second == other.original
    else { throw Violation(what: "\(codec) reads two blocks differently: \(bytes)") }
  }

  /// Demands that the decoders, whatever they met before, read what is not damaged.
  func requireSound(original: [UInt8], _ compressed: [UInt8]) throws {
    guard try blocks.decompress(compressed, size: original.count) == original else {
      throw Violation(what: "\(codec) blocks")
    }
    guard let stream else { return }
    guard try read(compressed, stream, 100, 1000) == original else { throw Violation(what: "\(codec) streams") }
  }

  private func read(_ bytes: [UInt8], _ stream: DecompressionStream, _ piece: Int, _ room: Int) throws -> [UInt8] {
    try stream.reset()
    var output: [UInt8] = []
    var memory = [UInt8](repeating: 0, count: room)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      var rest = bytes[start..<min(bytes.count, start + piece)]
      while true {
        let progress = try rest.withUnsafeBytes { rest in
          try memory.withUnsafeMutableBytes { try stream.decode(rest, into: $0) }
        }
        output += memory[..<progress.produced]
        guard output.count <= Self.limit else { throw FlintError(.memoryBudgetExceeded, "too long") }
        rest = rest.dropFirst(progress.consumed)
        if rest.isEmpty && progress.produced < room { break }
      }
    }
    try stream.finish()
    return output
  }

  private static func result(_ body: () throws -> [UInt8]) -> Result<[UInt8], FlintError> {
    do { return .success(try body()) } catch {
      guard let error = error as? FlintError else { preconditionFailure("\(error) is no FlintError") }
      return .failure(error)
    }
  }

  private static func name(_ result: Result<[UInt8], FlintError>) -> String {
    switch result {
    case .success: "taken"
    case .failure(let error): error.code.rawValue
    }
  }
}
