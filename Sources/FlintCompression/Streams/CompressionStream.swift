public import FlintCore

/// Compresses bytes that come piece by piece into one frame or member, with a checksum where the format has one. One user
/// at a time.
public final class CompressionStream {
  /// What it compresses with.
  public let codec: CompressionCodec
  private let encoder: any StreamEncoder
  private let staging: UnsafeMutableRawBufferPointer

  /// A stream at the beginning of a frame. Throws `invalid-argument` for a codec without streams or a level that it does
  /// not have, and `memory-budget-exceeded` when the system gives no memory.
  public init(_ codec: CompressionCodec, level: Int? = nil) throws(FlintError) {
    self.codec = codec
    let level = try codec.checkedLevel(level)
    do throws(CompressionFault) {
      encoder = try Self.encoder(of: codec, level: level, hasChecksum: true)
    } catch {
      throw error.error(codec)
    }
    staging = .allocate(byteCount: 64 << 10, alignment: 16)
  }

  deinit {
    staging.deallocate()
  }

  /// Appends to `output` what `input` gives; some of it may wait for more input.
  public func encode(_ input: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(FlintError) {
    try run(input, isLast: false, into: &output)
  }

  /// Appends to `output` what is still to be written, and ends the frame. What follows begins the next one, which
  /// readers take for the same file where the format allows it.
  public func finish(into output: inout [UInt8]) throws(FlintError) {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, into: &output)
    do throws(CompressionFault) { try encoder.reset() } catch { throw error.error(codec) }
  }

  private func run(_ input: UnsafeRawBufferPointer, isLast: Bool, into output: inout [UInt8]) throws(FlintError) {
    var source = InputBytes(input)
    while true {
      var target = OutputBytes(staging)
      let isEnded: Bool
      do throws(CompressionFault) {
        isEnded = try encoder.step(&source, &target, isLast: isLast)
      } catch {
        throw error.error(codec)
      }
      output.append(contentsOf: staging[..<target.count])
      // A full staging area may hide that there is more.
      if isEnded || (!isLast && source.isEmpty && !target.isFull) { return }
    }
  }

  static func encoder(
    of codec: CompressionCodec, level: Int, hasChecksum: Bool
  ) throws(CompressionFault) -> any StreamEncoder {
    switch codec {
    case .lz4Frame: try LZ4FrameEncoder(level: level, hasChecksum: hasChecksum)
    case .zstd: try ZstdEncoder(level: level, hasChecksum: hasChecksum)
    case .gzip: try ZlibEncoder(.gzip, level: level)
    case .zlib: try ZlibEncoder(.zlib, level: level)
    case .brotli: try BrotliEncoder(level: level)
    case .lz4, .snappy: throw .noStreams
    }
  }
}

extension CompressionCodec {
  /// The level to use; throws `invalid-argument` for one that the codec does not have.
  func checkedLevel(_ level: Int?) throws(FlintError) -> Int {
    guard let level else { return defaultLevel }
    guard let levels, levels.contains(level) else {
      throw FlintError(
        .invalidArgument, "\(self) has no level \(level)",
        why: levels.map { "it has the levels \($0.lowerBound) to \($0.upperBound)" } ?? "it has no levels")
    }
    return level
  }
}
