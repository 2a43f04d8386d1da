internal import FlintCompression
public import FlintCore

/// The bytes of an input file from some place on, decompressed where its name says so.
public final class ByteSource {
  private let file: any OpenFile
  private let note: (Int) -> Void
  private let decompression: DecompressionStream?
  /// What was read and not yet decompressed.
  private var compressed: ArraySlice<UInt8> = []
  /// Where the next read of the file begins.
  private var offset: Int64
  private let fileSize: Int64

  /// Opens the file of `split`; the first byte is the one at `offset`. `note` hears how many bytes each read of the
  /// file gave.
  public nonisolated(nonsending) init(
    _ split: FileSplit, from offset: Int64, in files: any FileSystem, note: @escaping (Int) -> Void = { _ in }
  ) async throws {
    file = try await split.open(in: files)
    fileSize = split.fileSize
    decompression = try split.codec.map { codec throws(FlintError) in try DecompressionStream(codec) }
    self.offset = offset
    self.note = note
  }

  /// Fills some of `range` of `slab`, and returns how many bytes; none at the end only.
  public nonisolated(nonsending) func read(into slab: Slab, _ range: Range<Int>) async throws -> Int {
    guard let decompression else {
      let wanted = range.lowerBound..<min(range.upperBound, range.lowerBound + Int(fileSize - offset))
      guard !wanted.isEmpty else { return 0 }
      let count = try await file.read(into: slab, range: wanted, at: offset)
      try moved(by: count)
      return count
    }
    let target = UnsafeMutableRawBufferPointer(rebasing: slab.bytes[range])
    while true {
      let progress = try compressed.withUnsafeBytes { try decompression.decode($0, into: target) }
      compressed = compressed.dropFirst(progress.consumed)
      if progress.produced > 0 { return progress.produced }
      guard offset < fileSize else {
        try decompression.finish()
        return 0
      }
      let bytes = try await file.read(count: Int(min(256 << 10, fileSize - offset)), at: offset)
      try moved(by: bytes.count)
      compressed = bytes[...]
    }
  }

  private func moved(by count: Int) throws {
    guard count > 0 else { throw FlintError(.inputOutput, "\(file.path) became shorter while it was read") }
    offset += Int64(count)
    note(count)
  }
}
