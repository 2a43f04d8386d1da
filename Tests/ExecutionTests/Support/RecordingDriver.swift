import FlintCore
import FlintExecution
import FlintTasks
import FlintWire
import Synchronization

/// A driver that notes what it is told, and answers as it was told to.
final class RecordingDriver: DriverChannel {
  typealias Answer = @Sendable (Message) throws -> Message?

  private struct State {
    var messages: [Message] = []
    var answer: Answer?
    var waiters: [(@Sendable ([Message]) -> Bool, CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  init(_ answer: Answer? = nil) {
    state.withLock { $0.answer = answer }
  }

  var messages: [Message] { state.withLock { $0.messages } }

  /// The ends that were told, in the order in which they came.
  var updates: [StatusUpdate] {
    messages.compactMap { if case .updateStatus(let update) = $0 { update } else { nil } }
  }

  func send(_ message: Message) throws(FlintError) { note(message) }

  func request(_ message: Message) async throws -> Message { try answer(to: message) }

  func request(_ message: Message, completion: @escaping @Sendable (Result<Message, FlintError>) -> Void) {
    do {
      completion(.success(try answer(to: message)))
    } catch {
      completion(.failure(error as? FlintError ?? RemoteError(error).error))
    }
  }

  private func answer(to message: Message) throws -> Message {
    note(message)
    if let answer = try state.withLock({ $0.answer })?(message) { return answer }
    switch message {
    case .registerExecutor:
      return .executorRegistered(
        RegistrationAnswer(
          application: ApplicationID(rawValue: 1), node: NodeID(rawValue: 0), epoch: MapOutputEpoch(rawValue: 0)))
    case .updateStatus: return .statusNoted
    case .askCommit(let question):
      return .answerCommit(CommitAnswer(attempt: question.attempt, isAuthorised: true))
    case .askMapOutputs(let question):
      return .answerMapOutputs(
        MapOutputAnswer(
          shuffle: question.shuffle, reduce: question.reduce, epoch: question.epoch, missing: nil, outputs: []))
    default: throw FlintError(.invalidArgument, "no answer to \(message.kind)")
    }
  }

  /// Returns once the messages are as `isDone` wants them.
  func wait(until isDone: @escaping @Sendable ([Message]) -> Bool) async {
    await withCheckedContinuation { waiter in
      state.withLock { state in
        if isDone(state.messages) { waiter.resume() } else { state.waiters.append((isDone, waiter)) }
      }
    }
  }

  /// The ends of tasks, once there are so many.
  func updates(_ count: Int) async -> [StatusUpdate] {
    await wait { messages in
      messages.count(where: { if case .updateStatus = $0 { true } else { false } }) >= count
    }
    return updates
  }

  private func note(_ message: Message) {
    state.withLock { state in
      state.messages.append(message)
      state.waiters.removeAll { isDone, waiter in
        guard isDone(state.messages) else { return false }
        waiter.resume()
        return true
      }
    }
  }
}
