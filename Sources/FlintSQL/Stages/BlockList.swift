internal import FlintColumns
internal import FlintCore

/// Blocks of columns one behind another, each after its length.
enum BlockList {
  static func append(_ block: [UInt8], to bytes: inout [UInt8]) throws(FlintError) {
    guard let length = UInt32(exactly: block.count) else {
      throw FlintError(.tooLarge, "a block of columns has \(block.count) bytes")
    }
    withUnsafeBytes(of: length.littleEndian) { bytes.append(contentsOf: $0) }
    bytes += block
  }

  /// All batches. Throws `corrupt-data`, `memory-budget-exceeded`.
  static func batches(_ bytes: [UInt8], _ schema: Schema, _ memory: ColumnMemory) throws(FlintError) -> [Batch] {
    let result: Result<[Batch], FlintError> = bytes.withUnsafeBytes { bytes in
      Result { () throws(FlintError) in try batches(bytes, schema, memory) }
    }
    return try result.get()
  }

  private static func batches(
    _ bytes: UnsafeRawBufferPointer, _ schema: Schema, _ memory: ColumnMemory
  ) throws(FlintError) -> [Batch] {
    var batches: [Batch] = []
    var place = 0
    while place < bytes.count {
      guard bytes.count - place >= 4 else { throw BatchBlockReader.damaged("the list of blocks ends in a length") }
      let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
      place += 4
      guard length <= bytes.count - place else { throw BatchBlockReader.damaged("the list of blocks ends in a block") }
      let block = UnsafeRawBufferPointer(rebasing: bytes[place..<place + length])
      batches.append(try BatchBlock.decode(block, schema, memory))
      place += length
    }
    return batches
  }
}
