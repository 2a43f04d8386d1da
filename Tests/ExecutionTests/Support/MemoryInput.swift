import FlintExecution
import FlintCore
import FlintShuffle
import FlintTasks
import Synchronization

final class MemoryInput: ShuffleInput {
  private let shuffle: ShuffleID
  private let expected: UInt64
  private let rest: Mutex<[[UInt8]]>

  init(_ shuffle: ShuffleID, _ blocks: [[UInt8]], _ rowCount: UInt64) {
    self.shuffle = shuffle
    expected = rowCount
    rest = Mutex(blocks.reversed())
  }

  func next() async throws -> [UInt8]? { rest.withLock { $0.popLast() } }

  func finish(rowCount: UInt64) throws {
    guard rowCount == expected else { throw RowsLost(shuffle: shuffle, written: expected, read: rowCount) }
  }
}
