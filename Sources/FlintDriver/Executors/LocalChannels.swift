internal import FlintCore
internal import FlintExecution
internal import FlintWire
internal import Synchronization

/// The driver as an executor of the same process sees it.
final class LocalDriver: DriverChannel {
  private let executor: ExecutorIncarnation
  private let node: NodeID
  private let driver: Mutex<DriverNode?>
  private let inbox: LocalInbox

  init(_ driver: DriverNode, for executor: ExecutorIncarnation, on node: NodeID, inbox: LocalInbox) {
    self.driver = Mutex(driver)
    self.executor = executor
    self.node = node
    self.inbox = inbox
  }

  /// To be called on the control loop.
  func send(_ message: Message) throws(FlintError) {
    let driver = try current()
    let executor = executor
    let result = driver.assumeIsolated { driver in
      Result { () throws(FlintError) in _ = try driver.receive(message, from: executor) }
    }
    try result.get()
  }

  func request(_ message: Message) async throws -> Message {
    let driver = try current()
    if case .registerExecutor(let registration) = message {
      let answer = try await driver.register(registration, node: node, over: LocalExecutor(executor, inbox))
      return .executorRegistered(answer)
    }
    guard let answer = try await driver.receive(message, from: executor) else {
      preconditionFailure("\(message.kind) is no request")
    }
    return answer
  }

  func request(_ message: Message, completion: @escaping @Sendable (Result<Message, FlintError>) -> Void) {
    let executor = executor
    completion(
      Result { () throws(FlintError) in
        let answer = try current().assumeIsolated { driver in
          Result { () throws(FlintError) in try driver.receive(message, from: executor) }
        }
        guard let answer = try answer.get() else { preconditionFailure("\(message.kind) is no request") }
        return answer
      })
  }

  /// The driver is gone.
  func close() { driver.withLock { $0 = nil } }

  private func current() throws(FlintError) -> DriverNode {
    guard let driver = driver.withLock({ $0 }) else { throw FlintError(.connectionLost, "the driver is gone") }
    return driver
  }
}

/// An executor of the same process, as the driver sees it.
struct LocalExecutor: ExecutorChannel {
  let executor: ExecutorIncarnation
  private let inbox: LocalInbox

  init(_ executor: ExecutorIncarnation, _ inbox: LocalInbox) {
    self.executor = executor
    self.inbox = inbox
  }

  func send(_ message: Message) throws(FlintError) { inbox.append(message) }

  func close() { inbox.close() }
}

/// Messages on their way to an executor of the same process: it gets them in their order, and never within the turn of whoever
/// sends.
final class LocalInbox: Sendable {
  private struct State {
    var messages: [Message] = []
    var isDraining = false
    var isClosed = false
  }

  private let context: NodeContext
  private let state = Mutex(State())
  private let receiver = Mutex<ExecutorNode?>(nil)

  init(context: NodeContext) {
    self.context = context
  }

  func connect(to executor: ExecutorNode) { receiver.withLock { $0 = executor } }

  func append(_ message: Message) {
    let isFirst = state.withLock { state in
      guard !state.isClosed else { return false }
      state.messages.append(message)
      defer { state.isDraining = true }
      return !state.isDraining
    }
    guard isFirst, let receiver = receiver.withLock({ $0 }) else { return }
    Task(executorPreference: context.executors.control) { await self.drain(to: receiver) }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    receiver.withLock { $0 = nil }
  }

  private func drain(to executor: isolated ExecutorNode) {
    while true {
      let messages = state.withLock { state in
        defer { state.messages = [] }
        if state.messages.isEmpty { state.isDraining = false }
        return state.messages
      }
      guard !messages.isEmpty else { return }
      for message in messages { executor.receive(message) }
    }
  }
}
