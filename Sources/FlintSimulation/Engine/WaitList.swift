/// Tasks of simulated processes that wait for the same thing. A wait ends with the thing, with the cancellation of its
/// task, or with the simulation.
final class WaitList<Value: Sendable> {
  private let engine: Engine
  private var waiting: [UInt64: OwnedContinuation<Value>] = [:]
  private var count: UInt64 = 0

  init(engine: Engine) {
    self.engine = engine
  }

  /// Waits on behalf of `owner`.
  func wait(for owner: Owner) async throws -> Value {
    if engine.isTearingDown {
      // A loop that ignores the error must not keep the thread for ever.
      await Task.yield()
      throw CancellationError()
    }
    count += 1
    let number = count
    let list = Confined(self)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let list = list.value
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          list.waiting[number] = OwnedContinuation(continuation, engine: list.engine, owner: owner)
        }
      }
    } onCancel: {
      list.value.waiting.removeValue(forKey: number)?.resume(throwing: CancellationError())
    }
  }

  func resumeAll(returning value: Value) {
    for continuation in takeAll() { continuation.resume(returning: value) }
  }

  func resumeAll(throwing error: any Error) {
    for continuation in takeAll() { continuation.resume(throwing: error) }
  }

  /// The waiting, oldest first.
  private func takeAll() -> [OwnedContinuation<Value>] {
    let all = waiting.sorted { $0.key < $1.key }.map(\.value)
    waiting = [:]
    return all
  }
}
