internal import FlintCore

extension Engine {
  /// Swift's own timed jobs, as `Task.sleep` makes them. Product code sleeps on its `TimeSource`; this keeps what does
  /// not within virtual time all the same.
  func enqueueLater<D: DurationProtocol>(_ job: UnownedJob, on executor: any JobRunner, after delay: D) {
    guard let delay = delay as? Duration else {
      preconditionFailure("the simulation knows Swift's Duration, not \(D.self)")
    }
    let owner = owner
    schedule(at: now + max(0, delay.nanoseconds), owner: owner) { [self] in
      enqueue(job, on: executor, owner: owner)
    }
  }
}
