internal import FlintCore

extension DiskState {
  /// Does one call of a process: part of its time passes before it takes effect and part after, so that a crash can fall
  /// between the effect and the answer. Cancelled before the effect it throws `CancellationError` and does nothing.
  @discardableResult
  func perform<Value>(
    _ operation: DiskFaults.Operation, _ path: FilePath, _ body: (DiskState) throws -> Value
  ) async throws -> Value {
    let time = engine.chances.duration(in: faults.latency).nanoseconds
    let before = Int64(engine.chances.below(Int(time) + 1))
    try await engine.sleep(until: engine.now + before)
    watch?(operation, false)
    // Who dies at its call does not make it: its task is never run again.
    try await engine.restIfDead()
    try check(operation, path)
    let value = try body(self)
    watch?(operation, true)
    // Cancelled after the effect: the call was made, so its answer comes, only sooner.
    try? await engine.sleep(until: engine.now + time - before)
    return value
  }
}
