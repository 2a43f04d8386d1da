extension EventLoop {
  /// Runs `body` on the loop and returns what it returns.
  func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      perform { continuation.resume(with: Result { try body() }) }
    }
  }
}
