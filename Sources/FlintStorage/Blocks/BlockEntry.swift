/// What is known of one block.
struct BlockEntry {
  enum Memory { case absent, present, leaving }
  enum Disk { case absent, writing, present }

  let size: Int64
  let placement: BlockPlacement
  var memory: Memory
  var disk: Disk
  /// Readers of the content in memory.
  var readers = 0
  /// Larger for blocks that were used later.
  var lastUse: UInt64
  /// Whoever asked for it was told that it is stored.
  var isStored = false
  /// It is to vanish as soon as nobody uses it.
  var isRemoved = false

  /// Whether its memory can be had.
  var isEvictable: Bool { memory == .present && readers == 0 && !isRemoved }
}
