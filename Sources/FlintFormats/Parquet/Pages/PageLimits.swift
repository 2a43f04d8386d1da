/// What a page may ask of its reader.
struct PageLimits {
  /// Bytes of a page, once it is decompressed.
  let page: Int
  /// Bytes of a compressed page from which on it is worth it to decompress another one with it.
  let leastAhead: Int
  /// Bytes of the header of a page; those of statistics count too.
  static let header = 1 << 20
  /// What is read of a header at first.
  static let firstHeader = 512
}
