/// What a page may ask of its reader.
struct PageLimits {
  /// Bytes of a page, once it is decompressed.
  let page: Int
  /// Bytes of the header of a page; those of statistics count too.
  static let header = 1 << 20
  /// What is read of a header at first.
  static let firstHeader = 512
}
