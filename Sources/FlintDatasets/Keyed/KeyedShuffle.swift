internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

/// An exchange whose rows are known on the driver, so that those which cannot travel are refused before anything runs.
struct KeyedShuffle: ShuffleOperation, CheckedOperation {
  let factory: ShuffleWriterFactory
  /// The rows that travel.
  let rowType: @Sendable () -> Any.Type
  let name: String
  /// Lets the exchange go when nobody can ask for it any more.
  let lease: ShuffleLease

  func check(at location: SourceLocation) throws {
    try RowLayout.check(rowType(), "the rows of \(name) cannot be exchanged", at: location)
  }
}
