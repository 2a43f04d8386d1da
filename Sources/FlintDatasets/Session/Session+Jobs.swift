package import FlintCore
package import FlintLineage
package import FlintTasks

extension Session {
  /// Runs an action: gives `take` the result of each of `partitions` (all by default), in the order in which they come in.
  ///
  /// With `leavesResults` long ones stay with their executors until they are read.
  /// Cancelling the current Swift task, or an error of `take`, cancels the job.
  package func run(
    _ node: LineageNode, partitions: [PartitionID]? = nil, _ site: OperatorSite, _ factory: ResultFactory,
    leavesResults: Bool = false, take: (PartitionResult) async throws -> Void
  ) async throws {
    let request = JobRequest(
      node, partitions: partitions, operation: PlainResult(factory: factory), location: site.location,
      leavesResults: leavesResults)
    try node.checkOperations()
    try await prepare(node)
    guard !request.partitions.isEmpty else { return }
    let job: any JobHandle
    do { job = try await runtime.submit(request) } catch { throw site.located(error) }
    try await withTaskCancellationHandler {
      var count = 0
      do {
        for try await result in job.results {
          try await take(result)
          count += 1
        }
        // A stream that is read by a cancelled Swift task just ends.
        try Task.checkCancellation()
      } catch {
        job.cancel()
        throw site.located(error)
      }
      guard count == request.partitions.count else {
        throw FlintError(
          .jobCancelled, "\(site.name) got \(count) of \(request.partitions.count) results", at: site.location)
      }
    } onCancel: {
      job.cancel()
    }
  }
}

/// An action that needs nothing but its factory.
struct PlainResult: ResultOperation {
  let factory: ResultFactory
}

extension OperatorSite {
  /// The same error, with the place of the action if it names none.
  func located(_ error: any Error) -> any Error {
    guard let error = error as? FlintError, error.location == nil else { return error }
    return FlintError(
      error.code, error.what, why: error.why, remedy: error.remedy, at: location, cause: error.cause)
  }
}
