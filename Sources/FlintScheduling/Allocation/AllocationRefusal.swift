public import FlintCore

/// Why an application gets no executors, and never will as things stand.
public enum AllocationRefusal: Hashable, Sendable {
  /// No machine of the cluster has room for one executor, even when it is empty; not even this one.
  case tooLarge(ExecutorSize, largest: ExecutorSize)
  /// The cluster has fewer places for executors, all of them empty, than the application demands at least.
  case tooMany(demanded: Int, places: Int)
  /// So many executors one after another died at their start; the last one like this.
  case crashLoop(starts: Int, last: ProcessExit)

  /// What people are told.
  public var error: FlintError {
    switch self {
    case .tooLarge(let size, let largest):
      FlintError(
        .executorsUnavailable, "an executor with \(size) fits on no machine",
        why: "the largest one has \(largest)", remedy: "ask for smaller executors, or add a larger machine")
    case .tooMany(let demanded, let places):
      FlintError(
        .executorsUnavailable, "\(demanded) executors do not fit into the cluster",
        why: "it has room for \(places) of this size when it is empty",
        remedy: "demand fewer or smaller executors, or add machines")
    case .crashLoop(let starts, let last):
      FlintError(
        .executorsUnavailable, "\(starts) executors one after another died at their start",
        why: "the last one ended with \(last)", remedy: "look into the log of that executor")
    }
  }
}
