internal import FlintColumns

/// Makes vectors of booleans.
final class BitLeaf: LeafDecoder {
  private enum Page {
    case none
    /// One bit a value, the next of them so many bits in.
    case plain(UnsafePointer<UInt8>, position: Int, count: Int)
    case runs(HybridDecoder)
  }

  private let memory: ColumnMemory
  private var page = Page.none
  private var bits: ColumnBuffer
  private var capacity = 0
  private var count = 0

  init(_ memory: ColumnMemory) throws(FormatFault) {
    self.memory = memory
    bits = try memory.bytes(0)
  }

  func start(capacity: Int) throws(FormatFault) {
    bits = try memory.bytes((capacity + 63) / 64 * 8)
    self.capacity = capacity
    count = 0
  }

  func startChunk() { page = .none }

  func setDictionary(_: UnsafeRawBufferPointer, of _: ColumnBuffer?, count _: Int) throws(FormatFault) {
    throw .damaged("truth values have a dictionary")
  }

  func startPage(
    _ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int
  ) throws(FormatFault) {
    switch encoding {
    case .plain:
      let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
      page = .plain(start.assumingMemoryBound(to: UInt8.self), position: 0, count: min(count, bytes.count * 8))
    case .rle:
      // The runs stand behind their length.
      guard bytes.count >= 4 else {
        guard count == 0 || bytes.isEmpty else { throw .truncated("a page of truth values") }
        page = .none
        return
      }
      let length = Int(bytes.loadUnaligned(as: UInt32.self))
      guard length <= bytes.count - 4 else { throw .truncated("a page of truth values") }
      page = .runs(HybridDecoder(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + length]), width: 1))
    case .plainDictionary, .rleDictionary, .bitPacked, .deltaBinaryPacked, .deltaLengthByteArray, .deltaByteArray,
      .byteStreamSplit:
      throw .damaged("truth values are not written in the encoding \(encoding)")
    }
  }

  func read(slots: Int, valid: Int, _ places: UnsafeRawPointer?, start: Int) throws(FormatFault) {
    if count + slots > capacity {
      capacity = max(count + slots, capacity * 2)
      bits = try memory.bytes((capacity + 63) / 64 * 8, keeping: (count + 7) / 8, of: bits)
    }
    switch page {
    case .none: if valid > 0 { throw .truncated("a page of truth values") }
    case .plain(let bytes, let position, let total):
      guard valid <= total - position else { throw .truncated("a page of truth values") }
      _ = BitRuns.copy(bytes, start: position, to: bits.start, start: count, count: valid)
      page = .plain(bytes, position: position + valid, count: total)
    case .runs(var runs):
      _ = try runs.readBits(bits.start, start: count, count: valid)
      page = .runs(runs)
    }
    if let places {
      Spreading.spread(bitsOf: bits.start, first: count, slots: slots, valid: valid, places, start: start)
    }
    count += slots
  }

  func skip(_ skipped: Int) throws(FormatFault) {
    switch page {
    case .none: if skipped > 0 { throw .truncated("a page of truth values") }
    case .plain(let bytes, let position, let total):
      guard skipped <= total - position else { throw .truncated("a page of truth values") }
      page = .plain(bytes, position: position + skipped, count: total)
    case .runs(var runs):
      try runs.skip(skipped)
      page = .runs(runs)
    }
  }

  func finish(_ validity: Validity?, nullCount: Int) throws(FormatFault) -> Vector {
    Vector(.boolean, count: count, validity: validity, nullCount: nullCount, .bits(bits, start: 0))
  }
}
