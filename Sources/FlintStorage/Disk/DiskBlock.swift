public import FlintCore

/// A block in an open file, whose header was checked. It can be read even when it is removed or replaced meanwhile.
public final class DiskBlock: Sendable {
  /// Which block it is.
  public let id: BlockID
  /// How many bytes it has.
  public let length: Int64
  private let file: any OpenFile
  private let checksums: [UInt32]

  /// Reads and checks header and table. When this throws, the file is still open.
  init(_ id: BlockID, of application: ApplicationID, in file: any OpenFile) async throws {
    let header = try Self.header(try await file.read(count: BlockHeader.size, at: 0), id, application, file.path)
    // The file's true length before memory is taken for a table that a header only claims.
    guard try await file.size() == header.fileSize else {
      throw Self.damaged(id, file.path, "it is longer or shorter than its header says")
    }
    let table = try await file.read(count: 4 * Int(BlockHeader.chunkCount(header.length)), at: header.tableOffset)
    guard CRC32C.checksum(table) == header.tableChecksum, Int64(table.count) == header.fileSize - header.tableOffset
    else { throw Self.damaged(id, file.path, "its table of checksums has a wrong checksum") }
    self.id = id
    self.file = file
    length = header.length
    checksums = ChunkChecksums.checksums(table)
  }

  /// The bytes of `range`, which lies in `0..<length`. Throws `corrupt-data` when a checksum of them is wrong, and then
  /// gives none.
  public func read(_ range: Range<Int64>) async throws -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= length, "\(range) is not in a block of \(length) bytes")
    guard !range.isEmpty else { return [] }
    // Whole chunks, since checksums are theirs.
    let size = Int64(BlockHeader.chunkSize)
    let start = range.lowerBound / size * size
    let end = min(length, (range.upperBound + size - 1) / size * size)
    let bytes = try await file.read(count: Int(end - start), at: Int64(BlockHeader.size) + start)
    guard Int64(bytes.count) == end - start else { throw Self.damaged(id, file.path, "it has become shorter") }
    try verify(bytes, from: start)
    if bytes.count == range.count { return bytes }
    return Array(bytes[Int(range.lowerBound - start)..<Int(range.upperBound - start)])
  }

  /// Ranges of the block, which lie in `0..<length`, for who sends them as they are; `checksum` is that of their bytes.
  public func parts(_ ranges: [Range<Int64>], checksum: UInt32) -> BlockFileParts {
    let shift = Int64(BlockHeader.size)
    return BlockFileParts(
      file: file, ranges: ranges.map { $0.lowerBound + shift..<$0.upperBound + shift }, checksum: checksum)
  }

  /// Closes the file.
  public func close() async throws {
    try await file.close()
  }

  private func verify(_ bytes: [UInt8], from start: Int64) throws {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.blockChecksumIgnored) { return }
    #endif
    try bytes.withUnsafeBytes { bytes in
      let first = Int(start) / BlockHeader.chunkSize
      for (number, offset) in stride(from: 0, to: bytes.count, by: BlockHeader.chunkSize).enumerated() {
        let chunk = bytes[offset..<min(bytes.count, offset + BlockHeader.chunkSize)]
        guard CRC32C.checksum(UnsafeRawBufferPointer(rebasing: chunk)) == checksums[first + number] else {
          let place = "from byte \(start + Int64(offset)) on"
          throw Self.damaged(id, file.path, "its bytes \(place) have a wrong checksum")
        }
      }
    }
  }

  private static func header(
    _ bytes: [UInt8], _ id: BlockID, _ application: ApplicationID, _ path: FilePath
  ) throws(FlintError) -> BlockHeader {
    let header: BlockHeader
    do throws(BlockHeader.Refusal) { header = try BlockHeader(bytes) } catch { throw damaged(id, path, error.why) }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.misplacedBlockAccepted) { return header }
    #endif
    guard header.id == id else { throw damaged(id, path, "it is that of \(header.id)") }
    guard header.application == application else { throw damaged(id, path, "it is one of \(header.application)") }
    return header
  }

  private static func damaged(_ id: BlockID, _ path: FilePath, _ why: String) -> FlintError {
    FlintError(.corruptData, "the file of \(id) is damaged", why: "\(path): \(why)")
  }
}
