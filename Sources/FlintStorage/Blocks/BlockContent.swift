public import FlintCore

/// What a block holds while it is in memory.
public enum BlockContent: Sendable {
  /// Bytes, as they go to disk and to others.
  case bytes([UInt8])
  /// Values as a task made them, which somebody has weighed.
  case values(any BlockValues, size: ByteCount)

  /// How much memory it takes.
  public var size: ByteCount {
    switch self {
    case .bytes(let bytes): ByteCount(Int64(bytes.count))
    case .values(_, let size): size
    }
  }

  /// In how many pieces it becomes bytes.
  var pieceCount: Int {
    switch self {
    case .bytes: 1
    case .values(let values, _): values.pieceCount
    }
  }

  /// One piece of the bytes that stand for it on disk.
  func piece(_ index: Int) throws -> [UInt8] {
    switch self {
    case .bytes(let bytes): bytes
    case .values(let values, _): try values.piece(index)
    }
  }
}

/// Where a reader gets a block from.
public enum BlockSource: Sendable {
  /// From memory, as it was put.
  case memory(BlockContent)
  /// From its file, as bytes.
  case file(DiskBlock)
}

/// What a task hears when it asks for memory and is not refused.
public enum MemoryAnswer: Hashable, Sendable {
  /// The memory is the task's.
  case granted
  /// It has to give back at least so much by spilling, and ask again.
  case spill(ByteCount)
}
