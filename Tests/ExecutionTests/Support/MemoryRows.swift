import FlintExecution
import FlintCore
import FlintTasks

final class MemoryRows: RowStream {
  private var rest: [[UInt8]]
  private let codec: any BatchCodec

  init(_ blocks: [[UInt8]], _ codec: any BatchCodec) {
    rest = blocks.reversed()
    self.codec = codec
  }

  func next() async throws -> AnyRowBatch? { try rest.popLast().map { try codec.decode($0) } }
}
