internal import FlintCore
internal import FlintLaunch
internal import FlintSystem
internal import Glibc

/// What the executor of `launch-probe` does.
enum Scenario: String, Decodable, CaseIterable {
  /// Hashes keys that are equal to the driver's but written differently.
  case hashes
  /// Tells its process, arguments, and what it can see of the driver's mark.
  case surroundings
  /// Prints while it answers, and reads its standard input.
  case noise
  /// Throws an error of Flint's.
  case failure
  /// Throws an error of its own.
  case ownFailure = "own-failure"
  /// Ends by a signal.
  case crash
  /// Never answers, and computes meanwhile.
  case busy
  /// Starts an executor itself.
  case nested
  /// Answers more than a frame may hold.
  case flood

  private struct OwnError: Error {}

  /// On the executor: the answer.
  func perform() async throws -> String {
    switch self {
    case .hashes: return Keys.hashes(of: Keys.executors)
    case .surroundings: return surroundings()
    case .noise:
      print("printed by an executor")
      return readLine() ?? "no input"
    case .failure:
      throw FlintError(
        .corruptData, "what", why: "why", remedy: "remedy", at: SourceLocation(file: "Job.swift", line: 7))
    case .ownFailure: throw OwnError()
    case .crash: raise(SIGKILL)
    case .busy:
      StandardError.say("busy \(getpid())")
      while true { sched_yield() }
    case .nested:
      let call = ExecutorCall(
        launcher: try SystemProcessLauncher(threads: try FileThreads(count: 1)), time: try SystemTime(),
        environment: [:])
      _ = try await call.run([], deadline: .seconds(10))
    case .flood: return String(repeating: "x", count: Int(Limits().frameLength.bytes) + 1)
    }
    return ""
  }

  /// On the driver: what to print for the answer.
  func report(answer: String) -> String {
    guard self == .hashes else { return answer }
    let own = Keys.hashes(of: Keys.drivers)
    return own == answer ? "equal \(own)" : "different \(own) \(answer)"
  }

  private func surroundings() -> String {
    let mark = getenv("FLINT_ROLE").map { String(cString: $0) } ?? "unmarked"
    return "\(getpid()) \(CommandLine.arguments.dropFirst()) \(mark)"
  }
}
