/// What a reduce task reads of a shuffle: blocks of encoded rows, from all map tasks, in the order in which they arrive.
public protocol ShuffleInput: AnyObject, Sendable {
  /// The next block, whose checksum has matched; nil after the last.
  ///
  /// Throws what says which map task's output could not be had: the stage is then tried again.
  func next() async throws -> [UInt8]?

  /// To be called after the last block with the rows that were read. Throws when that is not what was written.
  func finish(rowCount: UInt64) throws
}
