public import FlintCore

/// What the owner of the blocks has to do.
public enum BlockAction: Hashable, Sendable {
  /// The block is stored, and can be read.
  case stored(BlockID)
  /// The block is not stored, now or since; whoever needs it computes it again.
  case gone(BlockID)
  /// Write the block, whose content is in memory, and tell how that ended.
  case writeToDisk(BlockID)
  /// Let go of the content in memory.
  case dropFromMemory(BlockID)
  /// Remove the block's file.
  case removeFromDisk(BlockID)
  /// A task's request for memory has an answer: a grant, a refusal, or the order to spill.
  case answer(MemoryAction)
}

/// Where a reader finds a block.
public enum BlockResidence: Hashable, Sendable {
  /// In memory, where it stays until the reader says that it has ended.
  case memory
  /// In a file, which stays readable while it is open.
  case disk
  /// Nowhere.
  case nowhere
}
