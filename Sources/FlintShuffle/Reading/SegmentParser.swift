internal import FlintCompression
internal import FlintCore
internal import FlintWire

/// Takes the bytes of one segment as they come, in pieces of any size, and gives its blocks, each checked and decompressed.
struct SegmentParser {
  private let block: BlockID
  private let shuffle: ShuffleID
  private let reduce: PartitionID
  private let entry: MapOutputEntry
  private let decompressor: BlockDecompressor
  private var bytes: [UInt8] = []
  private var position = 0
  private var rowCount: UInt64 = 0
  /// Where the first block stands that has not been given yet: from there the segment can be read again.
  private(set) var offset: UInt64 = 0

  init(
    _ entry: MapOutputEntry, _ shuffle: ShuffleID, _ reduce: PartitionID, _ decompressor: BlockDecompressor
  ) {
    (self.entry, self.shuffle, self.reduce, self.decompressor) = (entry, shuffle, reduce, decompressor)
    block = .shuffleSegment(shuffle, map: entry.map, reduce: reduce)
  }

  /// Whether every byte has become a block.
  var isComplete: Bool { offset == entry.byteCount }

  /// Adds bytes that follow those before.
  mutating func take(_ more: UnsafeRawBufferPointer) {
    bytes.removeFirst(position)
    position = 0
    bytes.append(contentsOf: more)
  }

  /// Keeps no more memory than for the bytes that did not become a block yet.
  mutating func shrink() {
    bytes = Array(bytes[position...])
    position = 0
  }

  /// Forgets what did not become a block.
  mutating func restart() {
    bytes = []
    position = 0
  }

  /// The next whole block; nil when more bytes are needed, or none are left. Throws `corrupt-data`.
  mutating func next() throws(FlintError) -> [UInt8]? {
    let left = bytes.count - position
    guard left >= ShuffleBlockHeader.size else { return nil }
    let header = try bytes.withRawBytes { (bytes) throws(FlintError) in
      try ShuffleBlockHeader(UnsafeRawBufferPointer(rebasing: bytes[position..<position + ShuffleBlockHeader.size]))
    }
    guard isMeant(header) else {
      throw damaged("it holds a block of \(header.shuffle), \(header.map), for reduce \(header.reduce)")
    }
    let size = ShuffleBlockHeader.size + header.length
    guard UInt64(size) <= entry.byteCount - offset else { throw damaged("a block is longer than the rest of it") }
    guard left >= size else { return nil }
    let raw = try content(header)
    position += size
    offset += UInt64(size)
    rowCount += header.rowCount
    return raw
  }

  /// To be called when all bytes have come and all blocks are taken. Throws `corrupt-data` when something is left or missing.
  func finish() throws(FlintError) {
    guard isComplete else { throw damaged("it ends in a block") }
    guard rowCount == entry.rowCount else {
      throw damaged("it holds \(rowCount) rows, but \(entry.rowCount) were written")
    }
  }

  private func isMeant(_ header: ShuffleBlockHeader) -> Bool {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.misplacedBlockAccepted) { return true }
    #endif
    return header.shuffle == shuffle && header.map == entry.map && header.reduce == reduce
  }

  private static func matches(_ bytes: UnsafeRawBufferPointer, _ checksum: UInt32) -> Bool {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.blockChecksumIgnored) { return true }
    #endif
    return CRC32C.checksum(bytes) == checksum
  }

  private func content(_ header: ShuffleBlockHeader) throws(FlintError) -> [UInt8] {
    let start = position + ShuffleBlockHeader.size
    return try bytes.withRawBytes { (bytes) throws(FlintError) in
      let stored = UnsafeRawBufferPointer(rebasing: bytes[start..<start + header.length])
      guard Self.matches(stored, header.checksum) else { throw damaged("a block has a wrong checksum") }
      guard header.codec == .lz4 else {
        guard header.codec == nil, header.rawLength == header.length else {
          throw damaged("a block is written in a way that no shuffle is")
        }
        return Array(stored)
      }
      var fault: FlintError?
      let raw = [UInt8](unsafeUninitializedCapacity: header.rawLength) { output, count in
        let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(output)[..<header.rawLength])
        do throws(FlintError) {
          try decompressor.decompress(stored, filling: room)
          count = header.rawLength
        } catch { fault = error }
      }
      if let fault { throw fault }
      return raw
    }
  }

  private func damaged(_ why: String) -> FlintError {
    FlintError(.corruptData, "\(block) is damaged", why: why)
  }
}

extension Array where Element == UInt8 {
  /// `withUnsafeBytes` that keeps the type of what `body` throws.
  func withRawBytes<Value, Failure>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try withUnsafeBufferPointer { (bytes) throws(Failure) in try body(UnsafeRawBufferPointer(bytes)) }
  }
}
