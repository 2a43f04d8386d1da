/// A suspended task of a simulated process. Resuming it acts for that process, whoever is acting: a job that lands on
/// the global executor belongs to the one who enqueues it.
struct OwnedContinuation<Value: Sendable> {
  private let continuation: CheckedContinuation<Value, any Error>
  private let engine: Engine
  private let owner: Owner

  init(_ continuation: CheckedContinuation<Value, any Error>, engine: Engine, owner: Owner) {
    self.continuation = continuation
    self.engine = engine
    self.owner = owner
  }

  func resume(returning value: Value) {
    engine.act(for: owner) { continuation.resume(returning: value) }
  }

  func resume(throwing error: any Error) {
    engine.act(for: owner) { continuation.resume(throwing: error) }
  }
}
