public import FlintCore
public import FlintWire

/// Where an executor is, and where others find what it has.
public struct ExecutorPlace: Hashable, Sendable {
  /// Which one.
  public var executor: ExecutorIncarnation
  /// The machine, whose files it writes.
  public var node: NodeID
  /// Where the executor serves what is in its memory.
  public var memoryEndpoint: Endpoint
  /// Where the node serves its files, also after the executor's death.
  public var fileEndpoint: Endpoint

  /// A place with these fields.
  public init(executor: ExecutorIncarnation, node: NodeID, memoryEndpoint: Endpoint, fileEndpoint: Endpoint) {
    self.executor = executor
    self.node = node
    self.memoryEndpoint = memoryEndpoint
    self.fileEndpoint = fileEndpoint
  }

  /// What is lost with the executor.
  public var memory: BlockPlace { BlockPlace(node: node, executor: executor, endpoint: memoryEndpoint) }

  /// What is lost with the node.
  public var files: BlockPlace { BlockPlace(node: node, endpoint: fileEndpoint) }
}
