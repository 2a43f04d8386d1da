package import FlintChaos
package import FlintCore

/// What came of a job on a simulated cluster.
package struct ClusterOutcome<Answer: Sendable>: Sendable {
  /// What the job gave or threw; nil when its driver was gone before.
  package let answer: Result<Answer, any Error>?
  /// How the driver's process ended.
  package let driverExit: ProcessExit
  /// The books of the run.
  package let books: ClusterBooks
  /// The faults that did not strike.
  package let waitingFaults: [PlannedFault]
}
