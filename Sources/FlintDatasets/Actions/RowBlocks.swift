internal import FlintCore
internal import FlintLayout

/// Blocks of rows one behind another, each after its length: the result of one partition. Instead of too many rows it is their
/// size, after a length that no block has.
struct RowBlocks {
  /// Bytes of a block's length.
  static let headLength = 8
  private static let noBlock = UInt64.max

  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  mutating func append<Row>(_ rows: [Row]) throws(FlintError) {
    let block = try RowBlock.encode(rows, form: .columns)
    withUnsafeBytes(of: UInt64(block.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: block)
  }

  /// The result that says only how many bytes there would be.
  static func size(_ byteCount: Int64) -> [UInt8] {
    [noBlock, UInt64(byteCount)].flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  }

  /// How many bytes there are, or would be.
  var byteCount: Int {
    guard bytes.count == 2 * Self.headLength, Self.length(bytes[...]) == Self.noBlock else { return bytes.count }
    return Int(clamping: Self.length(bytes.dropFirst(Self.headLength)))
  }

  /// The length that the first eight bytes say.
  static func length(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(headLength).reversed().reduce(0) { $0 << 8 | UInt64($1) }
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

  static var torn: FlintError {
    FlintError(.corruptData, "the result of a partition ends in the middle of a block")
  }
}
