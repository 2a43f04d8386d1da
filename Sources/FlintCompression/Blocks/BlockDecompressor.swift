public import FlintCore

/// Decompresses whole blocks, one after another, and keeps what the library needs from block to block. What comes back is
/// the whole block or an error, never a part. One user at a time; give each task its own.
public final class BlockDecompressor {
  private enum Engine {
    case lz4, snappy
    case stream(DecompressionStream)
  }

  /// What the blocks were compressed with.
  public let codec: CompressionCodec
  private let engine: Engine

  /// Throws `memory-budget-exceeded` when the system gives no memory.
  public init(_ codec: CompressionCodec) throws(FlintError) {
    self.codec = codec
    switch codec {
    case .lz4: engine = .lz4
    case .snappy: engine = .snappy
    case .lz4Frame, .zstd, .gzip, .zlib, .brotli: engine = .stream(try DecompressionStream(codec))
    }
  }

  /// Decompresses a block that holds exactly as many bytes as `output`, and fills it.
  ///
  /// Throws `corrupt-data` for one that holds more or fewer, and for a damaged one; then the output holds anything.
  public func decompress(
    _ block: UnsafeRawBufferPointer, filling output: UnsafeMutableRawBufferPointer
  ) throws(FlintError) {
    precondition(output.count <= CompressionCodec.largestBlock, "no block has \(output.count) bytes")
    do throws(CompressionFault) { try fill(output, from: block) } catch { throw error.error(codec) }
  }

  /// Whether two blocks together take much less time than one after another.
  public var isFasterInPairs: Bool {
    if case .snappy = engine { true } else { false }
  }

  /// Decompresses a block as ``decompress(_:filling:)`` does, and one that will be wanted after it. Returns whether the
  /// second is there: false when it is damaged or of another size, of which it tells when it is decompressed by itself, and
  /// where the codec is not ``isFasterInPairs``.
  public func decompress(
    _ block: UnsafeRawBufferPointer, filling output: UnsafeMutableRawBufferPointer,
    ahead nextBlock: UnsafeRawBufferPointer, filling nextOutput: UnsafeMutableRawBufferPointer
  ) throws(FlintError) -> Bool {
    guard isFasterInPairs else {
      try decompress(block, filling: output)
      return false
    }
    precondition(max(output.count, nextOutput.count) <= CompressionCodec.largestBlock, "no block is that long")
    do throws(CompressionFault) {
      return try SnappyBlocks.decompress(block, output, nextBlock, nextOutput)
    } catch { throw error.error(codec) }
  }

  /// The `size` bytes of a block, for which memory is taken before the block is looked at: a size from outside needs a
  /// bound first. Throws as ``decompress(_:filling:)`` does.
  public func decompress(_ block: [UInt8], size: Int) throws(FlintError) -> [UInt8] {
    var fault: FlintError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, count in
      let output = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(output)[..<size])
      do throws(FlintError) {
        try block.withRawBytes { (block) throws(FlintError) in try decompress(block, filling: output) }
        count = size
      } catch { fault = error }
    }
    if let fault { throw fault }
    return bytes
  }

  /// The bytes of a block of unknown size, `limit` at most.
  ///
  /// Throws `memory-budget-exceeded` for one that holds more, before it takes more memory than twice the limit, and
  /// `corrupt-data` for a damaged one. ``CompressionCodec/lz4`` cannot tell where a block ends, so its blocks are an
  /// `invalid-argument`.
  public func decompress(_ block: [UInt8], limit: Int) throws(FlintError) -> [UInt8] {
    precondition(limit >= 0, "a limit of \(limit) bytes")
    switch engine {
    case .lz4:
      throw FlintError(
        .invalidArgument, "a block of lz4 can only be read by who knows its size", why: "it does not say where it ends")
    case .snappy: return try decompress(block, size: try snappySize(block, limit: limit))
    case .stream(let stream):
      do throws(CompressionFault) {
        return try block.withRawBytes { (block) throws(CompressionFault) in try grow(stream, block, limit) }
      } catch {
        throw error.error(codec)
      }
    }
  }

  /// What a block of Snappy says of its size, once that is believable.
  private func snappySize(_ block: [UInt8], limit: Int) throws(FlintError) -> Int {
    do throws(CompressionFault) {
      let size = try block.withRawBytes { (block) throws(CompressionFault) in try SnappyBlocks.size(of: block) }
      guard size <= limit else { throw .tooLong(limit: limit) }
      // An element of three bytes gives 64 at most, so a longer claim is a lie that must not cost memory.
      guard size <= block.count * 64 else { throw .damaged(offset: 0, "it cannot hold the \(size) bytes that it says") }
      return size
    } catch {
      throw error.error(codec)
    }
  }

  private func fill(
    _ output: UnsafeMutableRawBufferPointer, from block: UnsafeRawBufferPointer
  ) throws(CompressionFault) {
    switch engine {
    case .lz4: try LZ4Blocks.decompress(block, output)
    case .snappy: try SnappyBlocks.decompress(block, output)
    case .stream(let stream):
      try stream.restart()
      let progress = try stream.advance(block, output)
      let rest = UnsafeRawBufferPointer(rebasing: block[progress.consumed...])
      guard try !Self.hasMore(stream, rest) else {
        throw .damaged(offset: stream.offset, "it holds more than \(output.count) bytes")
      }
      guard progress.produced == output.count else { throw .wrongSize(progress.produced, expected: output.count) }
    }
  }

  /// Whether the stream gives another byte; requires that it has ended when it does not.
  private static func hasMore(
    _ stream: DecompressionStream, _ rest: UnsafeRawBufferPointer
  ) throws(CompressionFault) -> Bool {
    var spare: UInt8 = 0
    var progress = DecompressionStream.Progress(consumed: 0, produced: 0)
    try withUnsafeMutablePointer(to: &spare) { (spare) throws(CompressionFault) in
      progress = try stream.advance(rest, UnsafeMutableRawBufferPointer(start: spare, count: 1))
    }
    guard progress.produced == 0 else { return true }
    try stream.requireEnd()
    return false
  }

  /// Decompresses into memory that doubles when it is full.
  private func grow(
    _ stream: DecompressionStream, _ block: UnsafeRawBufferPointer, _ limit: Int
  ) throws(CompressionFault) -> [UInt8] {
    try stream.restart()
    var bytes = [UInt8](repeating: 0, count: min(limit, max(64, 4 * block.count)))
    var (consumed, produced) = (0, 0)
    while true {
      try bytes.withUnsafeMutableBufferPointer { (memory) throws(CompressionFault) in
        let rest = UnsafeRawBufferPointer(rebasing: block[consumed...])
        let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: memory[produced...]))
        let progress = try stream.advance(rest, room)
        consumed += progress.consumed
        produced += progress.produced
      }
      if produced < bytes.count { break }
      if bytes.count == limit {
        let rest = UnsafeRawBufferPointer(rebasing: block[consumed...])
        guard try !Self.hasMore(stream, rest) else { throw .tooLong(limit: limit) }
        break
      }
      bytes += [UInt8](repeating: 0, count: min(limit - bytes.count, bytes.count))
    }
    try stream.requireEnd()
    bytes.removeLast(bytes.count - produced)
    return bytes
  }
}
