extension TimeSource {
  /// Runs `operation`, and cancels it once `duration` has passed: every wait has a deadline and an owner.
  ///
  /// Returns or throws what the operation does. When the deadline comes first, throws `deadline-exceeded`, which names
  /// `owner` (who waits for what: `driver: executor 3's hello`) and the duration, and what the operation still returns is
  /// dropped. Nothing goes on after the return: the operation has ended, so it must answer cancellation.
  public func withDeadline<Value: Sendable>(
    _ duration: Duration, owner: String, _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let deadline = now.advanced(by: duration)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        // Cancelled with the caller or by the operation's end: then the operation decides.
        try? await sleep(until: deadline)
        return nil
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
        guard now < deadline else {
          throw FlintError(.deadlineExceeded, "\(owner) took longer than \(duration.exactText)")
        }
      }
      preconditionFailure("an operation ended without a result")
    }
  }
}
