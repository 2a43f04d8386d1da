package import FlintCore
package import FlintLineage

/// A job as a ``DirectRuntime`` was asked for it, and what became of it.
package struct DirectRequest: Sendable {
  package let id: JobID
  package let request: JobRequest
  /// The jobs that were over when it was asked for.
  package let predecessors: [JobID]
  /// The jobs that were over when it was cancelled; nil when it was not.
  package internal(set) var cancelledAfter: [JobID]?
  /// Whether its tasks asked whether they may commit.
  package internal(set) var commits = false
  /// Whether it has come to its end, or was cancelled.
  package internal(set) var isOver = false
}
