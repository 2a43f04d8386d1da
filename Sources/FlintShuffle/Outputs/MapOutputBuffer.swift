internal import FlintCompression
internal import FlintCore

/// What a map task has written and what is still in memory of it: blocks, compressed, under the partitions of their
/// readers. It only collects; its writer decides when a run goes out.
struct MapOutputBuffer {
  private let shuffle: ShuffleID
  private let map: TaskAttempt
  private let compressor: BlockCompressor
  private var blocks: [[UInt8]]
  private var scratch: [UInt8] = []
  /// Bytes in memory.
  private(set) var byteCount = 0
  private(set) var byteCounts: [UInt64]
  private(set) var rowCounts: [UInt64]
  private(set) var sum = RowSum()
  /// The pieces that went out, run by run.
  private(set) var pieces: [MapOutputIndex.Piece] = []

  init(shuffle: ShuffleID, map: TaskAttempt, partitionCount: Int) throws(FlintError) {
    self.shuffle = shuffle
    self.map = map
    compressor = try BlockCompressor(.lz4)
    blocks = [[UInt8]](repeating: [], count: partitionCount)
    byteCounts = [UInt64](repeating: 0, count: partitionCount)
    rowCounts = byteCounts
  }

  /// Takes a block of `rowCount` rows for one partition and returns how many bytes it takes.
  mutating func add(
    _ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int
  ) throws(FlintError) -> Int {
    let size = try append(block, rowCount: rowCount, to: partition)
    byteCount += size
    byteCounts[partition] += UInt64(size)
    rowCounts[partition] += UInt64(rowCount)
    sum.add(checksum, rowCount: rowCount, partition: partition)
    return size
  }

  /// Takes out what is in memory, by partition.
  mutating func takeRun() -> [[UInt8]] {
    let run = blocks
    blocks = [[UInt8]](repeating: [], count: run.count)
    byteCount = 0
    pieces += run.map { MapOutputIndex.Piece(length: Int64($0.count), checksum: CRC32C.checksum($0)) }
    return run
  }

  private mutating func append(
    _ block: [UInt8], rowCount: Int, to partition: Int
  ) throws(FlintError) -> Int {
    let bound = try compressor.bound(block.count)
    if scratch.count < bound { scratch = [UInt8](repeating: 0, count: bound) }
    let compressedCount = try compress(block)
    // What does not become smaller costs its reader nothing to decompress.
    let isSmaller = compressedCount < block.count
    let (bytes, codec) = isSmaller ? (scratch[..<compressedCount], CompressionCodec.lz4) : (block[...], nil)
    let header = ShuffleBlockHeader(
      shuffle: shuffle, map: map, reduce: PartitionID(rawValue: UInt64(partition)), rowCount: UInt64(rowCount),
      codec: codec, length: bytes.count, rawLength: block.count,
      checksum: bytes.withUnsafeBytes { CRC32C.checksum($0) })
    withUnsafeTemporaryAllocation(byteCount: ShuffleBlockHeader.size, alignment: 8) { place in
      if let start = place.baseAddress { header.write(to: start) }
      blocks[partition].append(contentsOf: place)
    }
    blocks[partition].append(contentsOf: bytes)
    return ShuffleBlockHeader.size + bytes.count
  }

  private mutating func compress(_ block: [UInt8]) throws(FlintError) -> Int {
    var outcome: Result<Int, FlintError> = .success(0)
    let compressor = compressor
    scratch.withUnsafeMutableBytes { output in
      block.withUnsafeBytes { block in
        do throws(FlintError) { outcome = .success(try compressor.compress(block, into: output)) } catch {
          outcome = .failure(error)
        }
      }
    }
    return try outcome.get()
  }
}
