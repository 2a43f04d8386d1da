/// A page that can be decompressed together with the one that is asked for: it lies in memory, and is likely to be asked for
/// next.
struct PageFollower {
  /// Where in the file its body stands.
  let start: Int64
  let header: PageHeader
  let stored: UnsafeRawBufferPointer
  /// How many of its first bytes are as they are.
  let uncompressed: Int

  /// How many times longer than the page before it one may say that it is.
  private static let mostGrowth = 4

  /// The page whose header `bytes` begin with, `start` being their place in the file, behind one of so many bytes. Nil for one
  /// that is not whole there, not worth it, or not sound: it tells why when it is asked for.
  init?(_ bytes: UnsafeRawBufferPointer, at start: Int64, behind size: Int, _ limits: PageLimits) {
    guard let (header, length) = try? PageHeader.read(bytes), let uncompressed = try? header.uncompressedPrefix,
      header.compressedSize <= bytes.count - length, header.uncompressedSize <= limits.page,
      header.uncompressedSize <= Self.mostGrowth * size, uncompressed < header.uncompressedSize,
      header.compressedSize - uncompressed >= limits.leastAhead
    else { return nil }
    self.start = start + Int64(length)
    self.header = header
    self.uncompressed = uncompressed
    stored = UnsafeRawBufferPointer(rebasing: bytes[length..<length + header.compressedSize])
  }
}
