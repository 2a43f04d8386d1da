internal import FlintCore
internal import FlintLineage

/// What a ``DirectRuntime`` remembers.
struct DirectBooks {
  var record = DirectRecord()
  var broadcasts: [BroadcastID: [UInt8]] = [:]
  var accumulators: [@Sendable ([UInt8]) -> Void] = []
  /// Which dataset's partitions were kept, as blocks.
  var kept: [KeptKey: [[UInt8]]] = [:]

  // MARK: Jobs, one by one

  private var over: [JobID] { record.requests.filter(\.isOver).map(\.id) }

  mutating func begin(_ job: JobID, _ request: JobRequest) {
    record.requests.append(DirectRequest(id: job, request: request, predecessors: over))
  }

  mutating func end(_ job: JobID) { change(job) { $0.isOver = true } }

  mutating func cancel(_ job: JobID) {
    let over = over
    change(job) { request in
      guard !request.isOver else { return }
      request.cancelledAfter = over
      request.isOver = true
    }
  }

  /// A task of the job asks whether it may commit.
  mutating func noteCommit(_ job: JobID) { change(job) { $0.commits = true } }

  private mutating func change(_ job: JobID, _ body: (inout DirectRequest) -> Void) {
    guard let index = record.requests.firstIndex(where: { $0.id == job }) else { return }
    body(&record.requests[index])
  }
}

/// A partition of a dataset.
struct KeptKey: Hashable {
  let dataset: DatasetID
  let partition: PartitionID
}
