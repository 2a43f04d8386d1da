internal import FlintCore
internal import FlintTasks
internal import Synchronization

/// The map outputs of one exchange, in memory.
final class DirectShuffle: ShuffleOutput {
  let partitionCount: Int
  private let parts: Mutex<[DirectPart]>

  init(partitionCount: Int) {
    self.partitionCount = partitionCount
    parts = Mutex(Array(repeating: DirectPart(), count: partitionCount))
  }

  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    parts.withLock { parts in
      parts[partition].blocks.append(block)
      parts[partition].rowCount += UInt64(rowCount)
    }
  }

  func input(_ partition: Int) -> any ShuffleInput { DirectShuffleInput(parts.withLock { $0[partition] }) }
}
