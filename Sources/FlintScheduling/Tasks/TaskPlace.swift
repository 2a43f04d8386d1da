public import FlintCore

/// Where a task would find its input without the network.
public enum TaskPlace: Hashable, Sendable {
  /// In the memory of one life of an executor.
  case executor(ExecutorIncarnation, node: NodeID)
  /// On a machine's disk.
  case node(NodeID)

  /// The machine.
  public var node: NodeID {
    switch self {
    case .executor(_, let node), .node(let node): node
    }
  }
}
