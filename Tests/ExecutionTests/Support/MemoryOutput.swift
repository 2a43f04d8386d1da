import FlintExecution
import FlintCore
import FlintWire
import Synchronization

final class MemoryOutput: MapOutputWriting {
  typealias Finish = @Sendable ([[[UInt8]]], [UInt64], UInt64) -> MapOutputReport

  struct State {
    var blocks: [[[UInt8]]]
    var rowCounts: [UInt64]
    var checksum: UInt64 = 0
  }

  let partitionCount: Int
  private let whenDone: Finish
  private let state: Mutex<State>

  init(_ partitionCount: Int, whenDone: @escaping Finish) {
    self.partitionCount = partitionCount
    self.whenDone = whenDone
    state = Mutex(
      State(
        blocks: Array(repeating: [], count: partitionCount), rowCounts: Array(repeating: 0, count: partitionCount)))
  }

  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    state.withLock { state in
      state.blocks[partition].append(block)
      state.rowCounts[partition] += UInt64(rowCount)
      state.checksum &+= checksum
    }
  }

  func finish() async throws -> MapOutputReport {
    let state = state.withLock { $0 }
    return whenDone(state.blocks, state.rowCounts, state.checksum)
  }

  func abandon() async {}
}
