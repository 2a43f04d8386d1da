internal import CBrotli

/// One Brotli stream, by libbrotlidec. The format has neither a mark at its beginning nor a checksum.
final class BrotliDecoder: StreamDecoder {
  let continues = false
  private var state: OpaquePointer

  init() throws(CompressionFault) {
    state = try Self.make()
  }

  deinit {
    BrotliDecoderDestroyInstance(state)
  }

  /// The library cannot use a state twice.
  func reset() throws(CompressionFault) {
    let new = try Self.make()
    BrotliDecoderDestroyInstance(state)
    state = new
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes) throws(CompressionFault) -> Bool {
    var (available, room) = (input.count, output.room)
    var (source, target) = (Optional(input.start), Optional(output.start))
    let status = BrotliDecoderDecompressStream(state, &available, &source, &room, &target, nil)
    let consumed = input.count - available
    guard status != BROTLI_DECODER_RESULT_ERROR else { throw fault(consumed) }
    input.drop(consumed)
    output.fill(output.room - room)
    return status == BROTLI_DECODER_RESULT_SUCCESS
  }

  private func fault(_ offset: Int) -> CompressionFault {
    let code = BrotliDecoderGetErrorCode(state)
    // -30 to -21 are the library's failed allocations.
    if (-30 ... -21).contains(code.rawValue) { return .noMemory }
    return .damaged(
      offset: offset, BrotliDecoderErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
  }

  private static func make() throws(CompressionFault) -> OpaquePointer {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .noMemory }
    return state
  }
}
