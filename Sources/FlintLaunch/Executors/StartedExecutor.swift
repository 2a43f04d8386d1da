package import FlintCore
internal import FlintSystem
internal import Synchronization

/// An executor's process, as the one sees it that started it. It has set the seed and got its assignment.
package final class StartedExecutor: Sendable {
  /// How the process is gone.
  package struct End: Sendable {
    /// What the system says.
    package let exit: ProcessExit
    /// When that was known.
    package let monotonic: MonotonicInstant
    /// When that was, for people.
    package let wall: WallTime
    /// What it said of itself, if it ended by its own will.
    package let word: String?
    /// What it said when user code trapped.
    package let trap: TrapReport?
    /// What it wrote last to standard error.
    package let lastLines: String
  }

  private struct State {
    var word: String?
    var trap: TrapReport?
    var tail: [UInt8] = []
  }

  /// Bytes of standard error that are kept, and lines of them that are told.
  private static let tailLength = 4096
  private static let tailLines = 12
  /// The variable by which users ask Swift's runtime for backtraces.
  private static let backtraces = "SWIFT_BACKTRACE"
  /// How long what a dead process has written is waited for: its own children may hold the pipes open.
  private static let lastWords = Duration.milliseconds(50)

  private let process: any LaunchedProcess
  private let time: any TimeSource
  private let state = Mutex(State())
  private let readers = Mutex<[Task<Void, Never>]>([])

  private init(_ process: any LaunchedProcess, _ time: any TimeSource) {
    self.process = process
    self.time = time
  }

  /// The system's number for the process.
  package var identifier: Int32 { process.identifier }

  /// Starts a copy of this program as an executor and hands it `assignment`.
  ///
  /// Throws `executors-unavailable` in a process that is no driver, `process-launch-failed`, `deadline-exceeded` and
  /// `connection-lost` for a process that does not speak, and `unsupported-platform` when it hashes differently.
  package static func start(
    by launcher: any ProcessLauncher, time: any TimeSource, surroundings: ProcessSurroundings, assignment: [UInt8]
  ) async throws -> StartedExecutor {
    let seed = try ExecutorCall.driverSeed()
    var command = ProcessCommand(
      ExecutorCall.ownProgram,
      environment: environment(surroundings),
      output: .piped, errorOutput: .piped, pipesInput: true, hasOwnGroup: true)
    command.name = surroundings.path
    let executor = StartedExecutor(try await launcher.launch(command), time)
    executor.forwardErrors()
    do {
      try await time.withDeadline(Limits().handshakeDeadline, owner: "driver: an executor's first word") {
        try await executor.greet(seed, assignment)
      }
      return executor
    } catch {
      executor.kill()
      let end = await executor.ended()
      let words = end.lastLines.isEmpty ? "" : "; it said last: \(end.lastLines)"
      let flint = error as? FlintError
      throw FlintError(
        flint?.code ?? .processLaunchFailed, "an executor's process did not start",
        why: (flint.map { $0.why ?? $0.what } ?? "\(error)") + "; " + end.exit.description + words, cause: error)
    }
  }

  private static func environment(_ surroundings: ProcessSurroundings) -> [String: String] {
    var environment = surroundings.environment
    environment[ProcessRole.variable] = ProcessRole.executorValue
    // A backtrace takes the runtime seconds, in which the dead process still looks alive; whoever wants one says so.
    if environment[backtraces] == nil { environment[backtraces] = "enable=no" }
    return environment
  }

  /// Ends it at once.
  package func kill() { process.send(.kill) }

  /// Lets it know that nobody needs it any more: its pipe ends, and so does it.
  package func release() async { await process.finishInput() }

  /// Returns when the process is gone, with all that it has said.
  package func ended() async -> End {
    let exit = (try? await Task { try await self.process.exit() }.value) ?? .killedByUnknown
    let (monotonic, wall) = (time.now, time.wallTime)
    let readers = readers.withLock { $0 }
    try? await time.withDeadline(Self.lastWords, owner: "an executor's last words") {
      for reader in readers {
        await withTaskCancellationHandler {
          await reader.value
        } onCancel: {
          reader.cancel()
        }
      }
    }
    return state.withLock { state in
      End(
        exit: exit, monotonic: monotonic, wall: wall, word: state.word, trap: state.trap,
        lastLines: StartedExecutor.lastLines(of: state.tail))
    }
  }

  private static func lastLines(of tail: [UInt8]) -> String {
    let lines = String(decoding: tail, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
    // What Swift's runtime lists behind its own word are addresses.
    let words = lines.lastIndex { $0.hasPrefix("Current stack trace") }.map { lines[..<$0] } ?? lines[...]
    return words.suffix(tailLines).joined(separator: "\n")
  }

  // MARK: Its first words

  private func greet(_ seed: HashSeed, _ assignment: [UInt8]) async throws {
    try await process.write(try PipeMessage.hello(seed).frame())
    var frames = PipeFrames()
    for try await chunk in process.output {
      frames.append(chunk)
      guard let message = try frames.next() else { continue }
      guard case .ready(let proof) = message else {
        throw PipeMessage.corrupt("an executor says that it is ready first")
      }
      guard proof == HashSeed.proof else {
        throw FlintError(
          .unsupportedPlatform, "driver and executor hash the same values differently",
          why: "this Swift runtime keeps its hash seed elsewhere", remedy: "use the Swift version that Flint names")
      }
      try await process.write(try PipeMessage.call(assignment).frame())
      listen(frames)
      return
    }
    throw FlintError(.connectionLost, "the process ended before its first word")
  }

  private func listen(_ frames: PipeFrames) {
    let reader = Task { [process, weak self] in
      var frames = frames
      var chunks = process.output.makeAsyncIterator()
      while let chunk = try? await chunks.next() {
        frames.append(chunk)
        while let message = try? frames.next() { self?.note(message) }
      }
    }
    readers.withLock { $0.append(reader) }
  }

  private func note(_ message: PipeMessage) {
    // One that has ended by itself need not stay.
    if case .answer = message { Task { await release() } }
    if case .failure = message { Task { await release() } }
    state.withLock { state in
      switch message {
      case .answer(let bytes): state.word = String(decoding: bytes, as: UTF8.self)
      case .failure(let error): state.word = error.description
      case .trapped(let report): state.trap = state.trap ?? report
      case .hello, .ready, .call: break
      }
    }
  }

  /// What it writes for people goes where this process's own does.
  private func forwardErrors() {
    let reader = Task { [process, weak self] in
      var chunks = process.errorOutput.makeAsyncIterator()
      while let chunk = try? await chunks.next() {
        StandardError.sink(chunk)
        self?.keep(chunk)
      }
    }
    readers.withLock { $0.append(reader) }
  }

  private func keep(_ chunk: [UInt8]) {
    state.withLock { state in
      state.tail = Array((state.tail + chunk).suffix(Self.tailLength))
    }
  }
}
