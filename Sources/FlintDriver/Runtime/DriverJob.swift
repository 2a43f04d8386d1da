internal import FlintCore
internal import FlintLineage

/// A job as the typed API holds it. Letting it go cancels the job.
final class DriverJob: JobHandle {
  let id: JobID
  private let node: DriverNode

  init(_ id: JobID, _ node: DriverNode) {
    self.id = id
    self.node = node
  }

  deinit {
    Task(executorPreference: node.context.executors.control) { [id, node] in await node.letGo(id) }
  }

  /// The partitions' results. The stream holds the job.
  var results: AsyncThrowingStream<PartitionResult, any Error> {
    let reader = Reader(self)
    return AsyncThrowingStream { try await reader.next() }
  }

  func cancel() {
    Task(executorPreference: node.context.executors.control) { [id, node] in await node.cancel(id) }
  }

  /// Hands results out one by one, of which it fetches as many as there are.
  private actor Reader {
    private let job: DriverJob
    private var rest: ArraySlice<PartitionResult> = []
    private var isOver = false

    init(_ job: DriverJob) {
      self.job = job
    }

    func next() async throws -> PartitionResult? {
      if let result = rest.popFirst() { return result }
      guard !isOver else { return nil }
      do {
        rest = try await job.node.results(of: job.id)[...]
      } catch {
        isOver = true
        throw error
      }
      guard let result = rest.popFirst() else {
        isOver = true
        return nil
      }
      return result
    }
  }
}
