internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// The operation of a dataset that is kept. Holds what lets the kept rows go when nobody can ask for the dataset any more.
struct KeptOperation: NodeOperation, CheckedOperation {
  let factory: NodeFactory
  let type: Any.Type
  let lease: KeptLease

  func check(at location: SourceLocation) throws {
    try RowLayout.check(type, "the rows cannot be kept", at: location)
  }
}
