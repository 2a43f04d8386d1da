internal import FlintColumns
internal import FlintCore

/// Makes the vector of one column of a file, page by page and batch by batch. It knows nothing of levels: it is told how
/// many values stand in the page for how many slots of the vector.
///
/// One decoder serves all row groups, one user at a time.
protocol LeafDecoder: AnyObject {
  /// Begins a vector with room for `capacity` slots.
  func start(capacity: Int) throws(FormatFault)

  /// Takes the values of a chunk's dictionary page, all `count` of them. Whoever keeps the `owner` of the bytes, where they
  /// have one, need not copy them.
  func setDictionary(_ bytes: UnsafeRawBufferPointer, of owner: ColumnBuffer?, count: Int) throws(FormatFault)

  /// Forgets the dictionary: another chunk begins.
  func startChunk()

  /// Begins a page of `count` values at most: those that are null are not there. Its bytes stay until the next page.
  func startPage(_ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int) throws(FormatFault)

  /// Reads `valid` values of the page into `slots` slots; `bits`, from number `start` on, tell which of those have one.
  /// Without bits all have.
  func read(slots: Int, valid: Int, _ bits: UnsafeRawPointer?, start: Int) throws(FormatFault)

  /// Steps over values of the page.
  func skip(_ count: Int) throws(FormatFault)

  /// The slots so far as a vector.
  func finish(_ validity: Validity?, nullCount: Int) throws(FormatFault) -> Vector
}

extension ColumnMemory {
  /// Memory, where decoders throw their own errors.
  func bytes(_ count: Int) throws(FormatFault) -> ColumnBuffer {
    do throws(FlintError) { return try buffer(count) } catch { throw .other(error) }
  }

  /// Memory for `count` bytes, with the first `kept` bytes of `old`.
  func bytes(_ count: Int, keeping kept: Int, of old: ColumnBuffer) throws(FormatFault) -> ColumnBuffer {
    let fresh = try bytes(count)
    fresh.start.copyMemory(from: old.start, byteCount: kept)
    return fresh
  }
}
