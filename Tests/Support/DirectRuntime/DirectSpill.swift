internal import FlintCore
internal import FlintTasks
internal import Synchronization

/// A spill file in memory.
final class DirectSpill: SpillFile {
  private let bytes = Mutex<[UInt8]>([])
  private let counters: TaskCounters

  init(_ counters: TaskCounters) {
    self.counters = counters
  }

  func append(_ block: [UInt8]) async throws -> Range<Int64> {
    counters.count { $0.spilledBytes += UInt64(block.count) }
    return bytes.withLock { bytes in
      let start = Int64(bytes.count)
      bytes += block
      return start..<Int64(bytes.count)
    }
  }

  func read(_ range: Range<Int64>) async throws -> [UInt8] {
    bytes.withLock { Array($0[Int(range.lowerBound)..<Int(range.upperBound)]) }
  }

  func remove() async { bytes.withLock { $0 = [] } }
}
