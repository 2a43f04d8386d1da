internal import FlintCore
internal import FlintLineage

/// The result of a task that stays with its executor while somebody reads it.
final class LeftResult: ResultSource {
  let byteCount: UInt64
  private let attempt: TaskAttempt
  private let executor: ExecutorIncarnation
  private let node: DriverNode

  init(of attempt: TaskAttempt, on executor: ExecutorIncarnation, byteCount: UInt64, _ node: DriverNode) {
    (self.attempt, self.executor, self.byteCount, self.node) = (attempt, executor, byteCount, node)
  }

  deinit {
    Task(executorPreference: node.context.executors.control) { [attempt, executor, node] in
      await node.letGo(attempt, on: executor)
    }
  }

  /// Throws `connection-lost` when the executor or the result is gone, whatever the reason.
  func read(count: UInt64, at offset: UInt64) async throws -> [UInt8] {
    do {
      return try await node.provider.fetch(.taskResult(attempt), offset..<offset + count, from: executor)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw FlintError(.connectionLost, "the result of \(attempt) is gone with \(executor)", cause: error)
    }
  }
}
