internal import FlintCore
internal import FlintTasks
internal import Synchronization

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
