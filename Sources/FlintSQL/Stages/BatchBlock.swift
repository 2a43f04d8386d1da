internal import FlintColumns
internal import FlintCore
internal import Glibc

/// Batches as bytes between the tasks of one application: the buffers of each column one behind another, each at a multiple
/// of eight bytes, behind a checksum and the number of rows.
///
/// Who reads one knows its columns; what it reads is checked all the same: lengths, offsets and codes.
enum BatchBlock {
  /// Checksum, number of rows.
  static let headerSize = 8

  /// The rows of a batch that count.
  static func encode(_ batch: Batch, _ kernels: Kernels) throws(FlintError) -> [UInt8] {
    let batch = try kernels.compact(batch)
    var columns: [Vector] = []
    for column in batch.columns { columns.append(try slim(column, kernels)) }
    let size = columns.reduce(headerSize) { $0 + BatchBlockWriter.size(of: $1) }
    guard UInt32(exactly: size) != nil else {
      throw FlintError(.tooLarge, "a batch of \(batch.length) rows takes \(ByteCount(Int64(size)))")
    }
    return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      var writer = BatchBlockWriter(UnsafeMutableRawPointer(start) + headerSize)
      for column in columns { writer.put(column) }
      let header = UnsafeMutableRawPointer(start)
      header.storeBytes(of: UInt32(batch.length).littleEndian, toByteOffset: 4, as: UInt32.self)
      let checksum = CRC32C.checksum(UnsafeRawBufferPointer(start: header + 4, count: size - 4))
      header.storeBytes(of: checksum.littleEndian, as: UInt32.self)
      count = size
    }
  }

  /// The batch of a block. Throws `corrupt-data`, `memory-budget-exceeded`.
  static func decode(_ block: [UInt8], _ schema: Schema, _ memory: ColumnMemory) throws(FlintError) -> Batch {
    let result: Result<Batch, FlintError> = block.withUnsafeBytes { bytes in
      Result { () throws(FlintError) in try decode(bytes, schema, memory) }
    }
    return try result.get()
  }

  /// The batch of a block.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ schema: Schema, _ memory: ColumnMemory
  ) throws(FlintError) -> Batch {
    guard bytes.count >= headerSize else { throw BatchBlockReader.damaged("it has \(bytes.count) bytes") }
    let checksum = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[4...])) == checksum else {
      throw BatchBlockReader.damaged("its checksum is wrong")
    }
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
    var reader = BatchBlockReader(UnsafeRawBufferPointer(rebasing: bytes[headerSize...]), memory)
    var columns: [Vector] = []
    for field in schema.fields { columns.append(try reader.vector(field.type, count: length)) }
    guard reader.isAtEnd else { throw BatchBlockReader.damaged("it has more bytes than its columns") }
    return Batch(schema, columns, length: length)
  }

  /// A column without a dictionary that is larger than the column.
  private static func slim(_ column: Vector, _ kernels: Kernels) throws(FlintError) -> Vector {
    guard let dictionary = column.dictionary, dictionary.count > column.count else { return column }
    return try column.flat(kernels.memory)
  }
}
