public import FlintCore

/// An executor has started and offers its task threads.
public struct ExecutorRegistration: Hashable, Sendable {
  /// Which one it is.
  public var executor: ExecutorIncarnation
  /// How many tasks it runs at the same time.
  public var taskThreads: UInt32
  /// Bytes of its memory budget.
  public var memoryBytes: UInt64
  /// Where it serves its blocks; nil when its node does.
  public var blocks: Endpoint?

  /// A message with these fields.
  public init(executor: ExecutorIncarnation, taskThreads: UInt32, memoryBytes: UInt64, blocks: Endpoint?) {
    self.executor = executor
    self.taskThreads = taskThreads
    self.memoryBytes = memoryBytes
    self.blocks = blocks
  }
}

extension ExecutorRegistration: WireCodable {
  static var leastSize: Int { 29 }

  func encode(to writer: inout WireWriter) {
    writer.put(executor)
    writer.put(taskThreads)
    writer.put(memoryBytes)
    writer.put(blocks)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      executor: try reader.get(), taskThreads: try reader.get(), memoryBytes: try reader.get(),
      blocks: try reader.getOptional())
  }
}
