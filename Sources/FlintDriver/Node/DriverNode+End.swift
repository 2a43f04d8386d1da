package import FlintCore
internal import FlintExecution
internal import FlintScheduling
internal import FlintWire

/// The end of the application.
extension DriverNode {
  /// Ends everything that waits for time: nothing of it may come to the loop after the end.
  private func quiet() async {
    let waits = [heart, timer].compactMap(\.self) + partings.sorted { $0.key < $1.key }.map(\.value)
    for wait in waits { wait.cancel() }
    for wait in waits { await wait.value }
  }

  /// Ends all jobs and all executors, and returns the summary. Nothing is accepted any more.
  package func stop(_ status: ApplicationStatus, since start: MonotonicInstant) async -> ApplicationSummary {
    guard !isStopping else { return summary.total(status, wall: start.duration(to: now)) }
    for id in stages.activeJobs { tell(.jobCancelled(id)) }
    isStopping = true
    await quiet()
    for fetch in fetches.sorted(by: { $0.key < $1.key }) { fetch.value.cancel() }
    fetches = [:]
    wakeRoomWaiters()
    for executor in members.keys.sorted() {
      send(.stopExecutor(ExecutorStop(executor: executor)), to: executor)
    }
    await provider.stop()
    for executor in members.keys.sorted() {
      let peakMemory = members[executor]?.peakMemory ?? 0
      summary.memory(of: executor, peakMemory)
      events.executorStopped(executor, peakMemory: peakMemory)
      members[executor]?.channel.close()
    }
    members = [:]
    for id in jobs.keys.sorted() { jobs[id]?.reader?.resume(throwing: CancellationError()) }
    jobs = [:]
    let total = summary.total(status, wall: start.duration(to: now))
    progress.finish()
    events.applicationEnded(status)
    events.flush()
    await events.writer?.close()
    return total
  }
}
