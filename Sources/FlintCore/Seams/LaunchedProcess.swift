/// A child process. It belongs to whoever launched it: somebody must await ``exit()``.
public protocol LaunchedProcess: AnyObject, Sendable {
  /// The system's number for the process; it may be used again after ``exit()`` has returned.
  var identifier: Int32 { get }

  /// What the child writes where its command says ``ProcessCommand/Output/piped``: chunks cut anywhere, an end after the
  /// last. One reader; empty for other outputs.
  var output: AsyncThrowingStream<[UInt8], any Error> { get }
  var errorOutput: AsyncThrowingStream<[UInt8], any Error> { get }

  /// Writes all of `bytes` to the child's standard input. Throws `connection-lost` when the child no longer reads.
  func write(_ bytes: [UInt8]) async throws

  /// Ends the child's standard input.
  func finishInput() async

  /// Sends a signal; does nothing when the process has ended.
  func send(_ signal: ProcessSignal)

  /// How the process ended, once it has. Any number of callers; each gets the same answer. Throws `CancellationError`
  /// when the current Swift task is cancelled.
  func exit() async throws -> ProcessExit
}

/// The signals that Flint sends.
public enum ProcessSignal: Hashable, Sendable, CaseIterable {
  /// Please end: SIGTERM.
  case terminate
  /// Please end, as by Control-C: SIGINT.
  case interrupt
  /// End at once: SIGKILL.
  case kill
  /// Stand still: SIGSTOP.
  case stop
  /// Go on: SIGCONT.
  case resume
}

/// Why a process is no longer there.
public enum ProcessExit: Hashable, Sendable, CustomStringConvertible {
  /// It ended by itself with this code.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)
  /// The kernel killed it for memory; `evidence` says how that is known.
  case killedForMemory(evidence: String)
  /// SIGKILL that this process did not send, with no trace of a memory kill: somebody else did it.
  case killedByUnknown

  /// Whether it ended by itself with code 0.
  public var isSuccess: Bool { self == .exited(0) }

  /// For errors and logs: `exit code 3`.
  public var description: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .signalled(let number): "signal \(number)"
    case .killedForMemory(let evidence): "killed for memory (\(evidence))"
    case .killedByUnknown: "signal 9 from outside"
    }
  }
}
