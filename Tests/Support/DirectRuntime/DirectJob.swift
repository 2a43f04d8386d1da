internal import FlintCore
internal import FlintLineage
internal import FlintTasks
internal import Synchronization

/// A job that runs its tasks one after another, on the node's task threads.
final class DirectJob: JobHandle {
  let id: JobID
  let results: AsyncThrowingStream<PartitionResult, any Error>
  private let work: Task<Void, Never>
  private let runtime: DirectRuntime

  init(id: JobID, _ plan: DirectPlan, _ runtime: DirectRuntime) {
    self.id = id
    self.runtime = runtime
    let (stream, continuation) = AsyncThrowingStream<PartitionResult, any Error>.makeStream()
    results = stream
    let run = DirectRun(job: id, plan: plan, runtime: runtime)
    work = Task(executorPreference: runtime.context.executors.tasks) {
      do {
        try await runtime.beforeJob?(id, plan.request)
        try await run.run { continuation.yield($0) }
        runtime.books.withLock { $0.end(id) }
        continuation.finish()
      } catch {
        runtime.books.withLock { $0.end(id) }
        continuation.finish(throwing: error)
      }
    }
  }

  deinit { cancel() }

  func cancel() {
    runtime.books.withLock { $0.cancel(id) }
    work.cancel()
  }
}
