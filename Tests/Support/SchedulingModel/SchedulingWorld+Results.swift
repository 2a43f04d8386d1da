import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// I1: a job's result is the answer, or it has failed.
extension SchedulingWorld {
  func checkResult(of id: JobID, _ failure: JobFailure?) {
    guard violation == nil, let job = workload.jobs.first(where: { $0.id == id }) else { return }
    if let failure {
      checkReason(failure, job)
      return
    }
    probes.count("succeeded")
    var sources: [Int] = []
    for partition in job.partitions {
      let key = ResultKey(id, partition)
      let found = job.saves ? published[key] : driver.given[key].flatMap { executionOf[$0] }
      guard let source = found else { return violation = "I1: \(id) succeeded without the rows of \(partition)" }
      if let seen = readResults[key], seen != driver.given[key] {
        return violation = "I1: \(id) has read \(partition) of \(seen), which was replaced"
      }
      sources.append(source)
    }
    if workload.hasReference(job.node) {
      for (partition, source) in zip(job.partitions, sources)
      where executions[source].version != rows.reference(job.node, partition) {
        return violation = "I1: \(id) has wrong rows in \(partition)"
      }
    }
    checkAgreement(sources, id)
  }

  /// All that a result was made from agrees on what each map task wrote.
  private func checkAgreement(_ sources: [Int], _ id: JobID) {
    var versions: [Ledger.OutputKey: UInt64] = [:]
    var entered: Set<Int> = []
    var stack = sources
    while let next = stack.popLast() {
      guard entered.insert(next).inserted else { continue }
      for read in executions[next].reads {
        let key = Ledger.OutputKey(shuffle: read.shuffle, map: read.map)
        let version = executions[read.source].version
        if let other = versions.updateValue(version, forKey: key), other != version {
          return violation = "I1: \(id) has read two versions of \(read.map) of \(read.shuffle)"
        }
        stack.append(read.source)
      }
      stack += executions[next].kept
    }
  }

  private func checkReason(_ failure: JobFailure, _ job: PlannedJob) {
    probes.count("failed")
    switch failure.cause {
    case .releasedResult, .releasedGang:
      let doubtful = !workload.hasReference(job.node) || !workload.liars.isEmpty
      if !doubtful { violation = "I1: \(job.id) failed over rows that are always the same" }
    case .task, .stage, .refused:
      if plan.healing == 0, script == nil, workload.poisoned.isEmpty {
        violation = "I4: \(job.id) failed for nothing: \(failure)"
      }
    case .jobCancelled, .groupCancelled, .stageCancelled, .noExecutors: break
    }
  }
}
