package import FlintChaos
internal import FlintCore
package import FlintSimulation

extension ClusterOutcome {
  /// The failures that faults may cause. Others are the product's or the job's own.
  private static var reasons: Set<FlintError.Code> {
    [
      .deadlineExceeded, .fileNotFound, .diskFull, .inputOutput, .corruptData, .connectionRefused, .connectionLost,
      .unreachable, .executorsUnavailable, .memoryBudgetExceeded, .resourceExhausted, .taskFailed, .stageFailed,
      .releasedResult, .jobCancelled,
    ]
  }

  /// I1: the job has given its answer, or the error of a fault that has struck.
  package func requireAnswerOrReason(
    in simulation: Simulation, faults: [PlannedFault], isTight: Bool
  ) throws {
    let waiting = Set(waitingFaults)
    let struck = faults.filter { !waiting.contains($0) }.map(\.fault)
    switch answer {
    case .success: simulation.probe("job.answered")
    case .failure(let error):
      simulation.probe("job.failed")
      simulation.note("the job failed: \(error)")
      let wasCancelled = struck.contains(.cancelJob)
      if error is CancellationError { return try simulation.require(wasCancelled, "I1: nobody cancelled the job") }
      let code = (error as? FlintError)?.code
      try simulation.require(code != .jobCancelled || wasCancelled, "I1: nobody cancelled the job: \(error)")
      try simulation.require(
        code.map { Self.reasons.contains($0) } ?? false && (isTight || !struck.allSatisfy(\.isHarmless)),
        (error as? FlintError)?.code == .simulationFailed
          ? (error as? FlintError)?.what ?? "" : "I1: no fault explains \(error)")
    case nil:
      try simulation.require(
        false, "the driver ended with \(driverExit) and without an answer, and nobody has ended it")
    }
  }
}
