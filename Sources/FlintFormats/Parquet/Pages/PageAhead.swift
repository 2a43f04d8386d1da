internal import FlintColumns

/// A page that was decompressed before it is asked for.
struct PageAhead {
  /// Where in the file its body stands.
  let start: Int64
  let bytes: ColumnBuffer
  /// What was read of it then. Chunks of a hostile file overlap, and give one body several headers.
  private let header: PageHeader

  init(_ follower: PageFollower, _ bytes: ColumnBuffer) {
    start = follower.start
    header = follower.header
    self.bytes = bytes
  }

  /// Whether it is the page at `start` with this header.
  func isPage(at start: Int64, _ header: PageHeader) -> Bool {
    start == self.start && header.compressedSize == self.header.compressedSize
      && header.uncompressedSize == bytes.count && header.isData == self.header.isData
      && (try? header.uncompressedPrefix) == (try? self.header.uncompressedPrefix)
  }
}
