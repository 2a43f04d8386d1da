import FlintCore
import Glibc

/// An executor of a job under test, as the event log tells of it, and its process.
struct ExecutorProcess: Equatable {
  /// Which one, by the names of the log.
  struct Key: Hashable {
    var executor: Int
    var incarnation: Int
  }

  let id: Key
  /// The node whose directory and block service it has.
  let node: Int
  let process: Int32

  /// SIGKILL.
  func kill() { send(SIGKILL) }

  /// SIGSTOP.
  func stop() { send(SIGSTOP) }

  /// SIGCONT.
  func resume() { send(SIGCONT) }

  private func send(_ signal: Int32) { _ = Glibc.kill(process, signal) }
}
