internal import FlintCore
internal import FlintExecution
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// The results of tasks, on their way to who asked for them. What nobody has taken yet is never more than
/// ``FlintCore/Limits/collectedBytes`` a job.
extension DriverNode {
  /// A result that came with its status.
  func take(_ result: [UInt8], of attempt: TaskAttempt, _ metrics: TaskMetrics) {
    let job = tries[attempt]?.job
    let held = job.flatMap { jobs[$0]?.heldBytes } ?? 0
    guard held + Int64(result.count) <= limits.collectedBytes.bytes else {
      return refuse(attempt, UInt64(held) + UInt64(result.count), metrics)
    }
    tries[attempt]?.result = result
    finish(attempt, .succeeded, metrics)
  }

  /// A result that its executor keeps as a block: it is fetched, or left there for who reads it piece by piece.
  func take(_ byteCount: UInt64, of attempt: TaskAttempt, on executor: ExecutorIncarnation, _ metrics: TaskMetrics) {
    guard fetches[attempt] == nil, let job = tries[attempt]?.job else { return }
    if jobs[job]?.request.leavesResults == true {
      tries[attempt]?.source = LeftResult(of: attempt, on: executor, byteCount: byteCount, self)
      return finish(attempt, .succeeded, metrics)
    }
    guard byteCount <= UInt64(limits.collectedBytes.bytes) else { return refuse(attempt, byteCount, metrics) }
    events.taskGettingResult(attempt, on: executor, bytes: byteCount)
    fetches[attempt] = Task(executorPreference: context.executors.control) {
      await self.waitForRoom(Int64(byteCount), of: job)
      let fetched: Result<[UInt8], any Error>
      do {
        fetched = .success(try await self.provider.fetch(.taskResult(attempt), 0..<byteCount, from: executor))
      } catch {
        fetched = .failure(error)
      }
      await self.makeRoom(Int64(byteCount), of: job)
      await self.fetched(attempt, fetched, metrics)
    }
  }

  private func refuse(_ attempt: TaskAttempt, _ byteCount: UInt64, _ metrics: TaskMetrics) {
    tries[attempt]?.error = FlintError(
      .tooLarge, "the result of \(attempt.task.partition) has \(ByteCount(Int64(clamping: byteCount)))",
      why: "flint.collect.limit and half of flint.driver.memory allow \(limits.collectedBytes)",
      remedy: "write the rows out, or take a part of them")
    finish(attempt, .failed(.resultsTooLarge), metrics)
  }

  private func fetched(_ attempt: TaskAttempt, _ result: Result<[UInt8], any Error>, _ metrics: TaskMetrics) {
    guard fetches.removeValue(forKey: attempt) != nil, let tried = tries[attempt], !tried.isOver else { return }
    letGo(attempt, on: tried.executor)
    switch result {
    case .success(let bytes):
      tries[attempt]?.result = bytes
      finish(attempt, .succeeded, metrics)
    case .failure(let error):
      tries[attempt]?.error = error as? FlintError ?? FlintError(.connectionLost, "a result was lost", cause: error)
      finish(attempt, .failed(.resultLost), metrics)
    }
  }

  /// Nobody reads a result any more that its executor keeps.
  func letGo(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.resultsLeft) { return }
    #endif
    send(.removeBlocks(BlockRemoval(blocks: [.taskResult(attempt)])), to: executor)
  }

  // MARK: The bound

  private func waitForRoom(_ byteCount: Int64, of job: JobID) async {
    while isFull(byteCount, job) {
      await withCheckedContinuation { waiter in
        guard isFull(byteCount, job) else { return waiter.resume() }
        roomWaiters.append(waiter)
      }
    }
    jobs[job]?.heldBytes += byteCount
  }

  private func isFull(_ byteCount: Int64, _ job: JobID) -> Bool {
    guard let held = jobs[job]?.heldBytes, held > 0, !isStopping, !Task.isCancelled else { return false }
    return held + byteCount > limits.collectedBytes.bytes
  }

  /// So many bytes of a job's results were taken, or will not come.
  func makeRoom(_ byteCount: Int64, of job: JobID) {
    jobs[job]?.heldBytes -= byteCount
    wakeRoomWaiters()
  }

  func wakeRoomWaiters() {
    let waiters = roomWaiters
    roomWaiters = []
    for waiter in waiters { waiter.resume() }
  }
}
