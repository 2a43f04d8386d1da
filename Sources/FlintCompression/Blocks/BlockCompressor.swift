public import FlintCore

/// Compresses whole blocks, one after another, and keeps what the library needs from block to block. Blocks get no
/// checksum: their headers have one. One user at a time; give each task its own.
public final class BlockCompressor {
  private enum Engine {
    case lz4, snappy
    case stream(any StreamEncoder)
  }

  /// What it compresses with.
  public let codec: CompressionCodec
  private let engine: Engine

  /// A compressor at `level`, or at the codec's default. Throws `invalid-argument` for a level that the codec does not
  /// have, and `memory-budget-exceeded` when the system gives no memory.
  public init(_ codec: CompressionCodec, level: Int? = nil) throws(FlintError) {
    self.codec = codec
    let level = try codec.checkedLevel(level)
    switch codec {
    case .lz4: engine = .lz4
    case .snappy: engine = .snappy
    case .lz4Frame, .zstd, .gzip, .zlib, .brotli:
      do throws(CompressionFault) {
        engine = .stream(try CompressionStream.encoder(of: codec, level: level, hasChecksum: false))
      } catch {
        throw error.error(codec)
      }
    }
  }

  /// How many bytes a block of `count` bytes has at most once it is compressed. Throws `invalid-argument` above
  /// ``CompressionCodec/largestBlock``.
  public func bound(_ count: Int) throws(FlintError) -> Int {
    precondition(count >= 0, "no block has \(count) bytes")
    guard count <= CompressionCodec.largestBlock else {
      throw FlintError(
        .invalidArgument, "a block of \(count) bytes is too large to be compressed",
        why: "the limit is \(CompressionCodec.largestBlock) bytes", remedy: "compress it in parts")
    }
    switch engine {
    case .lz4: return LZ4Blocks.bound(count)
    case .snappy: return SnappyBlocks.bound(count)
    case .stream(let encoder): return encoder.bound(count)
    }
  }

  /// Compresses `block` into `output`, which has room for ``bound(_:)`` bytes, and returns how many it wrote.
  public func compress(
    _ block: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(FlintError) -> Int {
    let bound = try bound(block.count)
    precondition(output.count >= bound, "\(output.count) bytes are less than the bound of \(bound)")
    do throws(CompressionFault) {
      switch engine {
      case .lz4: return try LZ4Blocks.compress(block, output)
      case .snappy: return try SnappyBlocks.compress(block, output)
      case .stream(let encoder): return try Self.run(encoder, block, output)
      }
    } catch {
      throw error.error(codec)
    }
  }

  /// The compressed `block`.
  public func compress(_ block: [UInt8]) throws(FlintError) -> [UInt8] {
    let bound = try bound(block.count)
    var result: Result<Int, FlintError> = .success(0)
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      result = block.withUnsafeBytes { block in
        Result { () throws(FlintError) in try compress(block, into: UnsafeMutableRawBufferPointer(output)) }
      }
      count = (try? result.get()) ?? 0
    }
    _ = try result.get()
    return bytes
  }

  private static func run(
    _ encoder: any StreamEncoder, _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> Int {
    try encoder.reset()
    var (source, target) = (InputBytes(block), OutputBytes(output))
    while try !encoder.step(&source, &target, isLast: true) {
      guard !target.isFull else { throw .library("it wrote more than its bound") }
    }
    return target.count
  }
}
