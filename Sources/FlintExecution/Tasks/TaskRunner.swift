internal import FlintCore
internal import FlintTasks
internal import FlintWire

/// Runs one try at a task, on a task thread, from its first batch to the word for the driver.
struct TaskRunner: Sendable {
  let task: RunningTask
  let stage: LoadedStage

  /// What became of it. Nothing of it runs any more; its memory and files are the caller's to free, on the control loop,
  /// so that a thread is not woken for it.
  func run() async -> StatusUpdate {
    var status = await outcome()
    var reports: [AccumulatorReport] = []
    do {
      reports = try task.accumulatorReports()
    } catch {
      status = .failed(FailureReport(error, at: stage.location))
    }
    return StatusUpdate(
      attempt: task.attempt, executor: task.description.executor, status: status, metrics: task.metrics(),
      accumulators: reports)
  }

  private func outcome() async -> TaskStatus {
    do {
      return try await CurrentTask.$context.withValue(task) { try await compute() }
    } catch {
      // Whatever a killed try meets on its way out comes from its end.
      guard !task.isKilled else {
        return .failed(
          FailureReport(kind: .killed, error: RemoteError(.jobCancelled, "\(task.attempt) was told to end")))
      }
      return .failed(FailureReport(error, at: stage.location))
    }
  }

  private func compute() async throws -> TaskStatus {
    let rows = try await TaskPipeline(stage: stage, task: task).rows()
    switch stage.end {
    case .shuffle(let shuffle, let readers, let factory):
      let writer = try factory.make()
      let output = try await task.services.stores.mapOutput(shuffle, readerCount: readers, for: task)
      do {
        try await writer.write(rows, to: output, context: task)
        try task.checkCancellation()
        return .wrote(try await output.finish())
      } catch {
        await output.abandon()
        throw error
      }
    case .result(let factory):
      let maker = try factory.make()
      let result = try await maker.result(of: rows, partition: task.attempt.task.partition, context: task)
      try task.checkCancellation()
      guard result.count > task.limits.resultChunk.bytes else { return .finished(result: result) }
      try await task.services.stores.keepResult(result, of: task.attempt)
      return .finishedWithBlock(byteCount: UInt64(result.count))
    }
  }
}
