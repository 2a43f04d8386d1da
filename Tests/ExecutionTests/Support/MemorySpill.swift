import FlintExecution
import FlintCore
import FlintTasks
import Synchronization

final class MemorySpill: SpillFile {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ block: [UInt8]) async throws -> Range<Int64> {
    bytes.withLock { bytes in
      bytes += block
      return Int64(bytes.count - block.count)..<Int64(bytes.count)
    }
  }

  func read(_ range: Range<Int64>) async throws -> [UInt8] {
    bytes.withLock { Array($0[Int(range.lowerBound)..<Int(range.upperBound)]) }
  }

  func remove() async { bytes.withLock { $0 = [] } }
}
