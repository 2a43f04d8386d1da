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

/// What one reduce partition gets.
struct DirectPart: Sendable {
  var blocks: [[UInt8]] = []
  var rowCount: UInt64 = 0
}

/// Reads it.
final class DirectShuffleInput: ShuffleInput {
  private let part: DirectPart
  private let position = Mutex(0)

  init(_ part: DirectPart) {
    self.part = part
  }

  func next() async throws -> [UInt8]? {
    position.withLock { position in
      guard position < part.blocks.count else { return nil }
      defer { position += 1 }
      return part.blocks[position]
    }
  }

  func finish(rowCount: UInt64) throws {
    guard rowCount == part.rowCount else {
      throw FlintError(.corruptData, "\(rowCount) rows were read of \(part.rowCount)")
    }
  }
}

/// A spill file in memory.
final class DirectSpill: SpillFile {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ block: [UInt8]) async throws -> Range<Int64> {
    bytes.withLock { bytes in
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
