internal import FlintCore
internal import FlintStorage

/// A map output in an open file, whose index was checked.
struct MapOutputFile: Sendable {
  let block: DiskBlock
  let index: MapOutputIndex

  /// Reads and checks the index. Throws `corrupt-data` for a file that is no whole map output.
  init(_ block: DiskBlock) async throws {
    let size = Int64(MapOutputIndex.footerSize)
    guard block.length >= size else {
      throw FlintError(.corruptData, "the file of \(block.id) is damaged", why: "it is too short for an index")
    }
    let footer = try await block.read(block.length - size..<block.length)
    let length = Int64(try MapOutputIndex.bodyLength(footer, fileLength: block.length))
    let body = try await block.read(block.length - size - length..<block.length - size)
    index = try MapOutputIndex(body: body, footer: footer)
    self.block = block
  }

  /// A part of what one reduce partition gets as places in the file, where its checksum is known without reading it.
  func places(of part: Range<Int64>, of partition: Int) -> BlockFileParts? {
    guard partition < index.partitionCount, let whole = index.wholePieces(of: partition, part: part) else { return nil }
    return block.parts(whole.places, checksum: whole.checksum)
  }

  /// A part of what one reduce partition gets; nil when it has not so much.
  func part(_ part: Range<Int64>, of partition: Int) async throws -> [UInt8]? {
    guard partition < index.partitionCount, let pieces = index.pieces(of: partition, part: part) else { return nil }
    if pieces.count == 1 { return try await block.read(pieces[0]) }
    var bytes: [UInt8] = []
    for piece in pieces { bytes += try await block.read(piece) }
    return bytes
  }
}
