internal import CLZ4

/// LZ4 frames, by liblz4. The library wants room for the worst case at each call, so it writes into an area of ours first.
final class LZ4FrameEncoder: StreamEncoder {
  private enum Stage { case fresh, open, ended }

  private static let pieceSize = 64 << 10
  private let context: OpaquePointer
  private var preferences = LZ4F_preferences_t()
  private let area: UnsafeMutableRawBufferPointer
  /// What of the area is written and not yet given out.
  private var waiting = 0..<0
  private var stage = Stage.fresh

  init(level: Int, hasChecksum: Bool) throws(CompressionFault) {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createCompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context else {
      throw .noMemory
    }
    self.context = context
    preferences.compressionLevel = Int32(level)
    preferences.frameInfo.contentChecksumFlag = hasChecksum ? LZ4F_contentChecksumEnabled : LZ4F_noContentChecksum
    area = .allocate(byteCount: LZ4F_compressFrameBound(Self.pieceSize, &preferences), alignment: 16)
  }

  deinit {
    LZ4F_freeCompressionContext(context)
    area.deallocate()
  }

  func reset() throws(CompressionFault) {
    waiting = 0..<0
    stage = .fresh
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes, isLast: Bool) throws(CompressionFault) -> Bool {
    while true {
      drain(into: &output)
      guard waiting.isEmpty else { return false }
      switch stage {
      case .fresh:
        try write(LZ4F_compressBegin(context, area.baseAddress, area.count, &preferences))
        stage = .open
      case .open where !input.isEmpty:
        let count = min(input.count, Self.pieceSize)
        try write(LZ4F_compressUpdate(context, area.baseAddress, area.count, input.start, count, nil))
        input.drop(count)
      case .open:
        guard isLast else { return false }
        try write(LZ4F_compressEnd(context, area.baseAddress, area.count, nil))
        stage = .ended
      case .ended: return true
      }
    }
  }

  func bound(_ count: Int) -> Int { LZ4F_compressFrameBound(count, &preferences) }

  private func write(_ result: Int) throws(CompressionFault) {
    guard LZ4F_isError(result) == 0 else { throw .library(String(cString: LZ4F_getErrorName(result))) }
    waiting = 0..<result
  }

  private func drain(into output: inout OutputBytes) {
    let count = min(waiting.count, output.room)
    guard count > 0 else { return }
    let part = area[waiting.lowerBound..<waiting.lowerBound + count]
    UnsafeMutableRawBufferPointer(start: output.start, count: count).copyBytes(from: part)
    output.fill(count)
    waiting = waiting.lowerBound + count..<waiting.upperBound
  }
}
