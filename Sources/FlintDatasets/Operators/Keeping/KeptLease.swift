package import FlintCore

/// Lives as long as a dataset that is kept; then the rows are let go.
package final class KeptLease: Sendable {
  private let dataset: DatasetID
  private let runtime: any ApplicationRuntime

  package init(_ dataset: DatasetID, _ runtime: any ApplicationRuntime) {
    self.dataset = dataset
    self.runtime = runtime
  }

  deinit { runtime.release(dataset) }
}
