internal import FlintCore
internal import FlintTasks
internal import FlintWire

/// Runs one try at a task, on a task thread, from its first batch to the word for the driver.
struct TaskRunner: Sendable {
  let task: RunningTask
  let stage: LoadedStage

  /// What becomes of a try whose stage may still be on its way.
  static func run(_ task: RunningTask, of loading: Task<LoadedStage, any Error>) async -> StatusUpdate {
    task.begin()
    do {
      return await TaskRunner(task: task, stage: try await loading.value).run()
    } catch {
      // Its own tasks may do better: broadcasts come from others. Whether code fits is not a matter of tries.
      let isFinal = [.differentBuild, .corruptData, .layoutMismatch].contains((error as? FlintError)?.code)
      return task.failed(FailureReport(kind: .threw(isRetryable: !isFinal), error: RemoteError(error)))
    }
  }

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
        return .failed(.killed(task.attempt))
      }
      return .failed(FailureReport(error, at: stage.location))
    }
  }

  private func compute() async throws -> TaskStatus {
    let rows = try await TaskPipeline(stage: stage, task: task).rows()
    switch stage.end {
    case .shuffle(let shuffle, let readers, let factory):
      let writer = try factory.make()
      let output = try await task.stores.mapOutput(shuffle, readerCount: readers, for: task)
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
      let partition = task.attempt.task.partition
      if let maker = maker as? any PiecewiseResultMaker {
        return try await keep { try await maker.write(rows, partition: partition, to: $0, context: task) }
      }
      let result = try await maker.result(of: rows, partition: partition, context: task)
      guard result.count > task.limits.resultChunk.bytes else {
        try task.checkCancellation()
        return .finished(result: result)
      }
      return try await keep { try await $0.append(result) }
    }
  }

  /// Puts a result that `write` gives where it fits.
  private func keep(_ write: (any ResultWriting) async throws -> Void) async throws -> TaskStatus {
    let output = task.stores.resultOutput(for: task)
    do {
      try await write(output)
      try task.checkCancellation()
      switch try await output.finish() {
      case .bytes(let bytes): return .finished(result: bytes)
      case .block(let byteCount): return .finishedWithBlock(byteCount: byteCount)
      }
    } catch {
      await output.abandon()
      throw error
    }
  }
}
