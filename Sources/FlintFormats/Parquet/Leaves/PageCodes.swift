/// Reads the numbers of dictionary values in a page.
struct PageCodes {
  private var runs: HybridDecoder

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    guard let width = bytes.first else {
      // A page without values may have no bytes at all.
      runs = HybridDecoder(bytes, width: 0)
      return
    }
    guard width <= 32 else { throw .damaged("numbers of dictionary values have \(width) bits") }
    runs = HybridDecoder(UnsafeRawBufferPointer(rebasing: bytes[1...]), width: Int(width))
  }

  /// Reads `count` numbers, all below `limit`.
  mutating func read(
    _ codes: UnsafeMutablePointer<Int32>, count: Int, below limit: Int
  ) throws(FormatFault) {
    guard count > 0 else { return }
    let codes = UnsafeMutableRawPointer(codes).assumingMemoryBound(to: UInt32.self)
    let greatest = try runs.read(codes, count: count)
    guard Int(greatest) < limit else {
      throw .damaged("a page names value \(greatest) of a dictionary of \(limit)")
    }
  }

  mutating func skip(_ count: Int) throws(FormatFault) { try runs.skip(count) }
}
