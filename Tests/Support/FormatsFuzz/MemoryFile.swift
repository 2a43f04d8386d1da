import FlintCore
import Synchronization

/// A file in memory.
final class MemoryFile: OpenFile {
  let path: FilePath = "damaged"
  private let content: Mutex<[UInt8]>

  init(_ bytes: [UInt8] = []) {
    content = Mutex(bytes)
  }

  var bytes: [UInt8] { content.withLock { $0 } }

  func read(count: Int, at offset: Int64) async throws -> [UInt8] {
    content.withLock { bytes in
      let start = min(Int(offset), bytes.count)
      return Array(bytes[start..<min(bytes.count, start + count)])
    }
  }

  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int {
    let bytes = try await read(count: range.count, at: offset)
    UnsafeMutableRawBufferPointer(rebasing: slab.bytes[range]).copyBytes(from: bytes)
    return bytes.count
  }

  func write(_ bytes: [UInt8], at offset: Int64) async throws {
    content.withLock { content in
      let missing = Int(offset) + bytes.count - content.count
      if missing > 0 { content += [UInt8](repeating: 0, count: missing) }
      content.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
    }
  }

  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws {
    try await write(Array(slab.bytes[range]), at: offset)
  }

  func size() async throws -> Int64 { content.withLock { Int64($0.count) } }
  func truncate(to size: Int64) async throws { content.withLock { $0.removeLast($0.count - Int(size)) } }
  func synchronize() async throws {}
  func close() async throws {}
}
