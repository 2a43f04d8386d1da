internal import CZstd

/// zstd frames, by libzstd.
final class ZstdEncoder: StreamEncoder {
  private let context: OpaquePointer

  init(level: Int, hasChecksum: Bool) throws(CompressionFault) {
    guard let context = ZSTD_createCCtx() else { throw .noMemory }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, hasChecksum ? 1 : 0)
  }

  deinit {
    ZSTD_freeCCtx(context)
  }

  func reset() throws(CompressionFault) {
    ZSTD_CCtx_reset(context, ZSTD_reset_session_only)
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes, isLast: Bool) throws(CompressionFault) -> Bool {
    var source = ZSTD_inBuffer(src: input.start, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.start, size: output.room, pos: 0)
    let left = ZSTD_compressStream2(context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
    guard ZSTD_isError(left) == 0 else {
      throw ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation
        ? .noMemory : .library(String(cString: ZSTD_getErrorName(left)))
    }
    input.drop(source.pos)
    output.fill(target.pos)
    return isLast && left == 0
  }

  func bound(_ count: Int) -> Int { ZSTD_compressBound(count) }
}
