internal import CLZ4

/// Single blocks of LZ4, by liblz4.
enum LZ4Blocks {
  static func bound(_ count: Int) -> Int { Int(LZ4_compressBound(Int32(count))) }

  static func compress(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> Int {
    let (source, target) = (InputBytes(input), OutputBytes(output))
    let count = LZ4_compress_default(source.start, target.start, Int32(input.count), Int32(clamping: output.count))
    guard count > 0 else { throw .library("no room for the block") }
    return Int(count)
  }

  /// Fills all of `output`.
  static func decompress(
    _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) {
    var nothing: UInt8 = 0
    let count = withUnsafeMutablePointer(to: &nothing) { nothing in
      LZ4_decompress_safe(
        InputBytes(block).start, output.isEmpty ? nothing : OutputBytes(output).start, Int32(clamping: block.count),
        Int32(output.count))
    }
    // The library says only that something is wrong; what and where is worth a second look.
    guard count == output.count else { throw LZ4Survey.fault(in: block, expected: output.count) }
  }
}
