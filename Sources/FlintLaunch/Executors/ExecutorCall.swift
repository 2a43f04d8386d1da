package import FlintCore

/// One call in a new executor process: starts it, tells it the seed, sends the bytes, and awaits the answer.
///
/// The executor is gone when ``run(_:deadline:)`` has returned or thrown: it ended by itself, or was killed.
package struct ExecutorCall: Sendable {
  /// The running program's own file, also when a new build stands under its name by now.
  static let ownProgram: FilePath = "/proc/self/exe"

  private let launcher: any ProcessLauncher
  private let time: any TimeSource
  private let environment: [String: String]

  /// A call that starts its executor by `launcher` with this process's `environment`.
  package init(launcher: any ProcessLauncher, time: any TimeSource, environment: [String: String]) {
    self.launcher = launcher
    self.time = time
    self.environment = environment
  }

  /// The answer to `bytes`.
  ///
  /// Throws `executors-unavailable` in a process that is no driver, `process-launch-failed` when the executor does not
  /// start, `deadline-exceeded` when it does not answer within `deadline`, `connection-lost` when it ends before, and
  /// what the executor's handler threw.
  package func run(_ bytes: [UInt8], deadline: Duration) async throws -> [UInt8] {
    let seed = try ExecutorCall.driverSeed()
    let process = try await launcher.launch(
      ProcessCommand(
        ExecutorCall.ownProgram,
        environment: environment.merging([ProcessRole.variable: ProcessRole.executorValue]) { $1 },
        output: .piped, pipesInput: true, hasOwnGroup: true))
    do {
      let answer = try await converse(process, seed, bytes, deadline)
      await process.finishInput()
      _ = try await time.withDeadline(Limits().handshakeDeadline, owner: "driver: the end of an executor") {
        try await process.exit()
      }
      return answer
    } catch {
      process.send(.kill)
      _ = try? await process.exit()
      throw error
    }
  }

  private func converse(
    _ process: any LaunchedProcess, _ seed: HashSeed, _ bytes: [UInt8], _ deadline: Duration
  ) async throws -> [UInt8] {
    let call = try PipeMessage.call(bytes).frame()
    try await time.withDeadline(Limits().handshakeDeadline, owner: "driver: an executor's first word") {
      let hello = try PipeMessage.hello(seed).frame()
      guard case .ready(let proof) = try await exchange(hello, process) else {
        throw PipeMessage.corrupt("an executor says that it is ready first")
      }
      guard proof == HashSeed.proof else {
        throw FlintError(
          .unsupportedPlatform, "driver and executor hash the same values differently",
          why: "this Swift runtime keeps its hash seed elsewhere", remedy: "use the Swift version that Flint names")
      }
    }
    return try await time.withDeadline(deadline, owner: "driver: an executor's answer") {
      switch try await exchange(call, process) {
      case .answer(let bytes): return bytes
      case .failure(let error): throw error
      case .hello, .ready, .call, .trapped: throw PipeMessage.corrupt("an executor answers a call, and nothing else")
      }
    }
  }

  /// Sends a frame and waits for the one that comes back. The executor says nothing unasked, so no byte is left over.
  private func exchange(_ frame: [UInt8], _ process: any LaunchedProcess) async throws -> PipeMessage {
    do {
      try await process.write(frame)
    } catch let error as FlintError where error.code == .connectionLost {
      throw try await ended(process)
    }
    var frames = PipeFrames()
    for try await chunk in process.output {
      frames.append(chunk)
      guard let message = try frames.next() else { continue }
      guard !frames.isInsideFrame else { throw PipeMessage.corrupt("an executor said more than it was asked") }
      return message
    }
    try Task.checkCancellation()
    throw try await ended(process)
  }

  private func ended(_ process: any LaunchedProcess) async throws -> FlintError {
    // It may have closed its pipe and live on; its end is what is waited for, within the caller's deadline.
    let exit = try await process.exit()
    return FlintError(
      .connectionLost, "the executor ended before its answer", why: "\(exit)",
      remedy: "look at what it wrote to standard error")
  }

  /// The seed to give to executors. Throws `executors-unavailable` where there must be none.
  static func driverSeed() throws(FlintError) -> HashSeed {
    switch ProcessRole.current {
    case .driver(let seed): return seed
    case .executor:
      throw FlintError(
        .executorsUnavailable, "an executor cannot start executors", why: "only the driver of an application can",
        remedy: "call the session in run, outside the closures that are sent")
    case .stranger:
      throw FlintError(
        .executorsUnavailable, "this program cannot start executors",
        why: "an executor is a copy of the program, and one that does not start as a FlintApplication would run all "
          + "of itself again, and start executors again",
        remedy: "make the program's @main type a FlintApplication and leave its main() to Flint")
    }
  }
}
