internal import FlintCore
internal import FlintLineage

/// An operation that can know on the driver that it will not work.
protocol CheckedOperation: LineageOperation {
  /// Throws what is wrong with it.
  func check(at location: SourceLocation) throws
}

extension LineageNode {
  /// Throws what an operation of this dataset or of an ancestor knows to be wrong, before anything runs.
  func checkOperations() throws {
    for node in ancestry() {
      if let checked = node.operation as? any CheckedOperation { try checked.check(at: node.location) }
      for shuffle in node.shuffles {
        if let checked = shuffle.operation as? any CheckedOperation { try checked.check(at: node.location) }
      }
    }
  }
}
