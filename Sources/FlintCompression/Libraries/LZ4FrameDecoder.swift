internal import CLZ4

/// LZ4 frames, by liblz4, which steps over skippable frames and checks the checksums that frames have.
final class LZ4FrameDecoder: StreamDecoder {
  let continues = true
  private var context: OpaquePointer
  private var isInFrame = false

  init() throws(CompressionFault) {
    context = try Self.make()
  }

  deinit {
    LZ4F_freeDecompressionContext(context)
  }

  /// The library's own reset keeps what the header of an abandoned frame said of its size, and then refuses sound ones.
  func reset() throws(CompressionFault) {
    guard isInFrame else { return }
    let new = try Self.make()
    LZ4F_freeDecompressionContext(context)
    context = new
    isInFrame = false
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes) throws(CompressionFault) -> Bool {
    isInFrame = true
    var (consumed, produced) = (input.count, output.room)
    let hint = LZ4F_decompress(context, output.start, &produced, input.start, &consumed, nil)
    guard LZ4F_isError(hint) == 0 else {
      throw .damaged(offset: 0, String(cString: LZ4F_getErrorName(hint)))
    }
    input.drop(consumed)
    output.fill(produced)
    // 0 also before the first byte, where no frame has begun.
    isInFrame = hint != 0 || consumed + produced == 0
    return !isInFrame
  }

  private static func make() throws(CompressionFault) -> OpaquePointer {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context else {
      throw .noMemory
    }
    return context
  }
}
