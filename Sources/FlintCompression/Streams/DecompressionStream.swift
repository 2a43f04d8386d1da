public import FlintCore

/// Decompresses bytes that come piece by piece, into memory that its user gives, so that no input can make it grow.
///
/// Files may hold several gzip members, zstd frames or LZ4 frames one behind another; they are read as one. What follows
/// the end and is none of them is an error, padding with zeros too. One user at a time.
///
/// ```swift
/// import FlintCompression
///
/// func countBytes(in pieces: [[UInt8]]) throws -> Int {
///   let stream = try DecompressionStream(.gzip)
///   var memory = [UInt8](repeating: 0, count: 65_536)
///   var count = 0
///   for piece in pieces {
///     var rest = piece[...]
///     var isFull = true
///     while !rest.isEmpty || isFull {
///       let progress = try rest.withUnsafeBytes { input in
///         try memory.withUnsafeMutableBytes { try stream.decode(input, into: $0) }
///       }
///       rest = rest.dropFirst(progress.consumed)
///       isFull = progress.produced == memory.count
///       count += progress.produced
///     }
///   }
///   try stream.finish()
///   return count
/// }
/// ```
public final class DecompressionStream {
  /// How far one call came.
  public struct Progress: Hashable, Sendable {
    /// Bytes that were taken of the input.
    public let consumed: Int
    /// Bytes that were written to the output.
    public let produced: Int
  }

  /// What the bytes were compressed with.
  public let codec: CompressionCodec
  /// Compressed bytes that were taken so far.
  public private(set) var offset = 0
  private let decoder: any StreamDecoder
  private var isBetweenFrames = false

  /// A stream that waits for the first byte. Throws `invalid-argument` for a codec without streams, and
  /// `memory-budget-exceeded` when the system gives no memory.
  public init(_ codec: CompressionCodec) throws(FlintError) {
    self.codec = codec
    do throws(CompressionFault) { decoder = try Self.decoder(of: codec) } catch { throw error.error(codec) }
  }

  /// Forgets everything, as if nothing had come; cheaper than a new stream.
  public func reset() throws(FlintError) {
    do throws(CompressionFault) { try restart() } catch { throw error.error(codec) }
  }

  /// Decompresses from `input` into `output` until the one is used up or the other is full.
  ///
  /// When the output is full, call it again with what is left of the input, be it nothing. Throws `corrupt-data`, and
  /// `memory-budget-exceeded` when the bytes ask for a window of more than 128 MiB; after an error only ``reset()`` may
  /// be called.
  public func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(FlintError) -> Progress {
    do throws(CompressionFault) { return try advance(input, output) } catch { throw error.error(codec) }
  }

  /// Says that no input follows. Throws `corrupt-data` when the last frame has not ended or none has begun.
  public func finish() throws(FlintError) {
    do throws(CompressionFault) { try requireEnd() } catch { throw error.error(codec) }
  }

  func restart() throws(CompressionFault) {
    offset = 0
    isBetweenFrames = false
    try decoder.reset()
  }

  func requireEnd() throws(CompressionFault) {
    guard isBetweenFrames else { throw .truncated(offset: offset) }
  }

  func advance(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> Progress {
    var (source, target) = (InputBytes(input), OutputBytes(output))
    while !target.isFull {
      if isBetweenFrames {
        guard !source.isEmpty else { break }
        guard decoder.continues else { throw .trailing(offset: offset) }
        try decoder.reset()
        isBetweenFrames = false
      }
      let (available, filled) = (source.count, target.count)
      do throws(CompressionFault) {
        isBetweenFrames = try decoder.step(&source, &target)
      } catch {
        throw error.moved(by: offset)
      }
      let consumed = available - source.count
      offset += consumed
      if isBetweenFrames { continue }
      if source.isEmpty { break }
      // A library that neither takes nor gives would keep this thread for ever.
      guard target.isFull || consumed > 0 || target.count > filled else {
        throw .damaged(offset: offset, "the library does not go on")
      }
    }
    return Progress(consumed: input.count - source.count, produced: target.count)
  }

  private static func decoder(of codec: CompressionCodec) throws(CompressionFault) -> any StreamDecoder {
    switch codec {
    case .lz4Frame: try LZ4FrameDecoder()
    case .zstd: try ZstdDecoder()
    case .gzip: try ZlibDecoder(.gzip)
    case .zlib: try ZlibDecoder(.zlib)
    case .brotli: try BrotliDecoder()
    case .lz4, .snappy: throw .noStreams
    }
  }
}
