internal import FlintCore
internal import FlintLayout

/// Blocks of rows one behind another, each after its length: the result of one partition.
struct RowBlocks {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  mutating func append<Row>(_ rows: [Row]) throws(FlintError) {
    let block = try RowBlock.encode(rows, form: .columns)
    withUnsafeBytes(of: UInt64(block.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: block)
  }

  /// All rows. Throws `corrupt-data`.
  func rows<Row>(of _: Row.Type = Row.self) throws -> [Row] {
    try bytes.withUnsafeBytes { bytes in
      var rows: [Row] = []
      var position = 0
      while position < bytes.count {
        guard bytes.count - position >= 8 else { throw Self.torn }
        let length = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        position += 8
        guard length <= UInt64(bytes.count - position) else { throw Self.torn }
        let block = UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(length)])
        rows += try RowBlock.decode(block, as: Row.self)
        position += Int(length)
      }
      return rows
    }
  }

  private static var torn: FlintError {
    FlintError(.corruptData, "the result of a partition ends in the middle of a block")
  }
}
