internal import CZstd

/// zstd frames, by libzstd, which steps over skippable frames and checks the checksums that frames have.
final class ZstdDecoder: StreamDecoder {
  let continues = true
  private let context: OpaquePointer
  /// The first bytes of the frame, which may say how many it holds, and how many it gave.
  private var header: [UInt8] = []
  private var size = 0

  init() throws(CompressionFault) {
    guard let context = ZSTD_createDCtx() else { throw .noMemory }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, CodecMemory.largestWindowLog)
  }

  deinit {
    ZSTD_freeDCtx(context)
  }

  func reset() throws(CompressionFault) {
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    header.removeAll(keepingCapacity: true)
    size = 0
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes) throws(CompressionFault) -> Bool {
    var source = ZSTD_inBuffer(src: input.start, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.start, size: output.room, pos: 0)
    let status = ZSTD_decompressStream(context, &target, &source)
    guard ZSTD_isError(status) == 0 else {
      switch ZSTD_getErrorCode(status) {
      case ZSTD_error_memory_allocation: throw .noMemory
      case ZSTD_error_frameParameter_windowTooLarge: throw .largeWindow(offset: source.pos)
      default: throw .damaged(offset: source.pos, String(cString: ZSTD_getErrorName(status)))
      }
    }
    header += input.rest.prefix(min(source.pos, Self.headerSize - header.count))
    size += target.pos
    input.drop(source.pos)
    output.fill(target.pos)
    guard status == 0 else { return false }
    try checkSize(source.pos)
    return true
  }

  /// Bytes of the longest header.
  private static let headerSize = 18

  /// The library does not compare the sizes of every frame that comes in pieces: not when the last block is empty.
  private func checkSize(_ offset: Int) throws(CompressionFault) {
    let expected = header.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    // The two largest numbers say that the header has no size, or that these bytes are no header.
    guard expected < UInt64.max - 1, expected != UInt64(size) else { return }
    throw .damaged(offset: offset, "a frame that says \(expected) bytes holds \(size)")
  }
}
