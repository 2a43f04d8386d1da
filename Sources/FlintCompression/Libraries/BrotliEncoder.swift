internal import CBrotli

/// One Brotli stream, by libbrotlienc.
final class BrotliEncoder: StreamEncoder {
  private let level: Int
  private var state: OpaquePointer
  private var isFresh = true

  init(level: Int) throws(CompressionFault) {
    self.level = level
    state = try Self.make(level)
  }

  deinit {
    BrotliEncoderDestroyInstance(state)
  }

  /// The library cannot use a state twice.
  func reset() throws(CompressionFault) {
    guard !isFresh else { return }
    let new = try Self.make(level)
    BrotliEncoderDestroyInstance(state)
    state = new
    isFresh = true
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes, isLast: Bool) throws(CompressionFault) -> Bool {
    isFresh = false
    var (available, room) = (input.count, output.room)
    var (source, target) = (Optional(input.start), Optional(output.start))
    let operation = isLast ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS
    guard BrotliEncoderCompressStream(state, operation, &available, &source, &room, &target, nil) == BROTLI_TRUE else {
      throw .noMemory
    }
    input.drop(input.count - available)
    output.fill(output.room - room)
    return BrotliEncoderIsFinished(state) == BROTLI_TRUE
  }

  func bound(_ count: Int) -> Int { BrotliEncoderMaxCompressedSize(count) }

  private static func make(_ level: Int) throws(CompressionFault) -> OpaquePointer {
    guard let state = BrotliEncoderCreateInstance(nil, nil, nil) else { throw .noMemory }
    BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, UInt32(level))
    return state
  }
}
