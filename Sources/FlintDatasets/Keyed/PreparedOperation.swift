package import FlintLineage

/// An operation that must know something of its parent's rows before a job can use it: where ranges of keys end, how many rows
/// stand before each partition. Actions ask for it first; it runs a job of its own, once.
package protocol PreparedOperation: LineageOperation {
  /// Finds out what is needed, unless that is known.
  func prepare(_ session: Session) async throws
}

extension Session {
  /// Prepares what `node` is computed from, parents before children.
  func prepare(_ node: LineageNode) async throws {
    for node in node.ancestry() {
      if let operation = node.operation as? any PreparedOperation { try await operation.prepare(self) }
      for shuffle in node.shuffles {
        if let operation = shuffle.operation as? any PreparedOperation { try await operation.prepare(self) }
      }
    }
  }
}
