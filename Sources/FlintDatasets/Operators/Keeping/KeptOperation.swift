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

/// Lives as long as a dataset that is kept; then the rows are let go.
final class KeptLease: Sendable {
  private let dataset: DatasetID
  private let runtime: any ApplicationRuntime

  init(_ dataset: DatasetID, _ runtime: any ApplicationRuntime) {
    self.dataset = dataset
    self.runtime = runtime
  }

  deinit { runtime.release(dataset) }
}
