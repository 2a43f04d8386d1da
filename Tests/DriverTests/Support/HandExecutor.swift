import FlintCore
import FlintExecution
import FlintWire

/// An executor that a test plays by hand: what the driver sends is read from ``messages``.
final class HandExecutor: ExecutorChannel {
  let executor: ExecutorIncarnation
  let messages: AsyncStream<Message>
  private let inbox: AsyncStream<Message>.Continuation

  init(_ executor: UInt64, life: UInt64 = 0) {
    self.executor = ExecutorIncarnation(executor: ExecutorID(rawValue: executor), number: life)
    (messages, inbox) = AsyncStream.makeStream()
  }

  func send(_ message: Message) throws(FlintError) { inbox.yield(message) }

  func close() { inbox.finish() }

  var registration: ExecutorRegistration {
    ExecutorRegistration(
      executor: executor, taskThreads: 1, memoryBytes: 1 << 30, blocks: .unix(path: FilePath("/blocks/\(executor)")))
  }

  /// A try at a task is over.
  func ended(_ task: TaskDescription, _ status: TaskStatus) -> Message {
    .updateStatus(StatusUpdate(attempt: task.attempt, executor: executor, status: status))
  }
}

extension AsyncStream<Message>.Iterator {
  /// The next task that the driver launches.
  mutating func task() async -> TaskDescription? {
    while let message = await next(isolation: #isolation) {
      if case .launchTask(let task) = message { return task }
    }
    return nil
  }

  /// The next message of another kind than these.
  mutating func next(but kinds: Set<MessageKind>) async -> Message? {
    while let message = await next(isolation: #isolation) {
      if !kinds.contains(message.kind) { return message }
    }
    return nil
  }
}
