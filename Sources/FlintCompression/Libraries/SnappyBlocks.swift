internal import CFlint
internal import CSnappy

/// Single blocks of Snappy, compressed by libsnappy.
enum SnappyBlocks {
  static func bound(_ count: Int) -> Int { snappy_max_compressed_length(count) }

  static func compress(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> Int {
    var count = output.count
    let status = input.withMemoryRebound(to: CChar.self) { source in
      output.withMemoryRebound(to: CChar.self) { target in
        snappy_compress(source.baseAddress, source.count, target.baseAddress, &count)
      }
    }
    guard status == SNAPPY_OK else { throw .library("no room for the block") }
    return count
  }

  /// How many bytes the block says that it holds.
  static func size(of block: UnsafeRawBufferPointer) throws(CompressionFault) -> Int {
    var size = 0
    let status = block.withMemoryRebound(to: CChar.self) { snappy_uncompressed_length($0.baseAddress, $0.count, &size) }
    guard status == SNAPPY_OK else { throw .damaged(offset: 0, "it does not begin with a length") }
    return size
  }

  /// Fills all of `output`.
  static func decompress(
    _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) {
    try require(block, output)
    guard flint_snappy_decompress(job(block, output)) else { throw SnappySurvey.fault(in: block) }
  }

  /// Fills all of `output`, and tells whether `nextOutput` is filled too.
  static func decompress(
    _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer,
    _ nextBlock: UnsafeRawBufferPointer, _ nextOutput: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> Bool {
    try require(block, output)
    let results = flint_snappy_decompress_two(job(block, output), job(nextBlock, nextOutput))
    guard results.first else { throw SnappySurvey.fault(in: block) }
    return results.second
  }

  private static func require(
    _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) {
    let size = try size(of: block)
    guard size == output.count else { throw .wrongSize(size, expected: output.count) }
  }

  private static func job(
    _ block: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> flint_snappy_block {
    flint_snappy_block(
      bytes: block.baseAddress?.assumingMemoryBound(to: UInt8.self), count: block.count,
      output: output.baseAddress?.assumingMemoryBound(to: UInt8.self), room: output.count)
  }
}
