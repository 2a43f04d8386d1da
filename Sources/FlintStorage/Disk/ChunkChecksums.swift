internal import FlintCore

/// The checksums of a block's chunks, as its bytes come.
struct ChunkChecksums {
  private var complete: [UInt32] = []
  private var running = CRC32C()
  private var runningCount = 0
  /// Bytes that came.
  private(set) var length: Int64 = 0

  mutating func update(_ bytes: [UInt8]) {
    length += Int64(bytes.count)
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(BlockHeader.chunkSize - runningCount)
        running.update(UnsafeRawBufferPointer(rebasing: part))
        runningCount += part.count
        rest = rest.dropFirst(part.count)
        if runningCount == BlockHeader.chunkSize { endChunk() }
      }
    }
  }

  /// The table as it stands in the file.
  var table: [UInt8] {
    let all = runningCount > 0 ? complete + [running.value] : complete
    return all.flatMap { checksum in withUnsafeBytes(of: checksum.littleEndian) { Array($0) } }
  }

  private mutating func endChunk() {
    complete.append(running.value)
    running = CRC32C()
    runningCount = 0
  }

  /// The checksums that a table holds.
  static func checksums(_ table: [UInt8]) -> [UInt32] {
    table.withUnsafeBytes { table in
      stride(from: 0, to: table.count, by: 4).map { start in
        UInt32(littleEndian: table.loadUnaligned(fromByteOffset: start, as: UInt32.self))
      }
    }
  }
}
