internal import Glibc
internal import Synchronization

/// What this process is to its application.
enum ProcessRole: Hashable, Sendable {
  /// A program that did not start by the entry point of an application. It starts no executors: they would be further
  /// copies of it, and each would start executors again.
  case stranger
  /// The process that runs the application's own code; its executors get this seed.
  case driver(HashSeed)
  /// A process that a driver started, and that runs what it is sent.
  case executor

  /// The variable by which a driver tells a process that it is an executor.
  static let variable = "FLINT_ROLE"
  static let executorValue = "executor"

  private static let entered = Mutex(ProcessRole.stranger)

  /// The role of this process. It is a stranger until an application's entry point has run.
  static var current: ProcessRole { entered.withLock { $0 } }

  /// Takes on a role, once in the life of a process.
  static func enter(_ role: ProcessRole) {
    entered.withLock { entered in
      precondition(entered == .stranger, "an application's main() was called twice")
      entered = role
    }
  }

  /// Whether a driver started this process as an executor. Afterwards the environment no longer says so: programs that
  /// user code starts are no executors.
  static func takeExecutorMark() -> Bool {
    guard let value = getenv(variable), String(cString: value) == executorValue else { return false }
    unsetenv(variable)
    return true
  }
}
