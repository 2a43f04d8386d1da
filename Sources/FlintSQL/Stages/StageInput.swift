internal import FlintCore
internal import FlintDatasets

/// Where the rows of a leaf of a stage's plan come from.
enum StageInput: Sendable {
  /// The narrow dependency with this number.
  case narrow(Int)
  /// An exchange.
  case exchanged(ShuffleID)
  /// An exchange of partial aggregates, which are merged.
  case merged(ShuffleID, Aggregation)
  /// Blocks that travel with the task, with their lengths.
  case carried
  /// The same rows for all tasks, as blocks with their lengths.
  case broadcast(Broadcast<SharedRows>)
}
