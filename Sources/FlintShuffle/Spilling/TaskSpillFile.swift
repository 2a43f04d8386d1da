internal import FlintCompression
internal import FlintCore
internal import FlintTasks
internal import Synchronization

/// A file for what a task has no memory for: blocks, compressed, each under a checksum. It has no name, so that nothing of
/// it is left however the task or its executor ends.
final class TaskSpillFile: SpillFile {
  private let file: any OpenFile
  private let counters: TaskCounters
  private let end = Mutex<Int64>(0)

  init(_ file: any OpenFile, _ counters: TaskCounters) {
    self.file = file
    self.counters = counters
  }

  func append(_ block: [UInt8]) async throws -> Range<Int64> {
    let compressed = try BlockCompressor(.lz4).compress(block)
    let isSmaller = compressed.count < block.count
    var bytes = [UInt8](repeating: 0, count: SpillHeader.size)
    bytes += isSmaller ? compressed : block
    // The place is taken before the wait, so that calls may overlap.
    let start = end.withLock { end in
      defer { end += Int64(bytes.count) }
      return end
    }
    let header = SpillHeader(codec: isSmaller ? .lz4 : nil, rawLength: block.count, offset: start)
    bytes.withUnsafeMutableBytes { header.seal($0) }
    try await file.write(bytes, at: start)
    counters.count { $0.spilledBytes += UInt64(bytes.count) }
    return start..<start + Int64(bytes.count)
  }

  func read(_ range: Range<Int64>) async throws -> [UInt8] {
    let bytes = try await file.read(count: range.count, at: range.lowerBound)
    guard bytes.count == range.count, let header = bytes.withUnsafeBytes({ SpillHeader($0, at: range.lowerBound) })
    else {
      throw FlintError(
        .corruptData, "what was spilled is damaged", why: "bytes \(range) of \(file.path) are not a block")
    }
    let stored = Array(bytes[SpillHeader.size...])
    return header.codec == nil ? stored : try BlockDecompressor(.lz4).decompress(stored, size: header.rawLength)
  }

  func remove() async {
    try? await file.close()
  }
}
