public import FlintCore
internal import FlintSystem

/// What an application's run has of Flint: the settings in effect, a log that follows them, and executors.
public struct Session: Sendable {
  /// The settings: those after `--conf`, the file's, the environment's, and the defaults.
  public let configuration: Configuration
  /// Writes to standard error, as the settings under `flint.log` say.
  public let log: Logger
  private let call: ExecutorCall

  /// A session of this process, with `settings` as they would stand after `--conf`.
  ///
  /// Applications get theirs from Flint. One that another program makes has everything but executors.
  ///
  /// Throws `unknown-setting` or `invalid-setting`, and `resource-exhausted` or `too-many-open-files` when the process has
  /// no room for the threads behind it.
  public init(settings: [String] = []) async throws {
    try await self.init(ProcessSurroundings(), settings: settings)
  }

  init(_ surroundings: ProcessSurroundings, settings: [String]) async throws {
    let threads = try FileThreads(count: 1)
    let time = try SystemTime()
    configuration = try await Configuration.load(
      commandLine: settings, environment: surroundings.environment, files: SystemFileSystem(threads: threads))
    log = Logger(label: "driver", configuration: configuration, time: time, sink: StandardError.sink)
    call = ExecutorCall(
      launcher: try SystemProcessLauncher(threads: threads), time: time, environment: surroundings.environment)
  }

  /// Runs `body` in an executor of its own, another process of this program, and returns its result.
  ///
  /// The closure travels with what it captured, and its result travels back: numbers, texts, collections, structs and
  /// enums of these, also private ones, and what is `Codable`. What is captured arrives as a copy. What the closure prints
  /// appears on standard error. When the current Swift task is cancelled, the executor is killed.
  ///
  /// - Parameter deadline: how long the closure may take.
  /// - Throws: before any process starts, `unshippable-closure` or `unsupported-type` for what cannot travel, and
  ///   `executors-unavailable` in a program that is no ``FlintApplication``, and on executors. Then
  ///   `process-launch-failed`, `deadline-exceeded`, `connection-lost` for an executor that ended before its answer,
  ///   `user-code` for an error that `body` threw, and ``FlintError``s that `body` threw.
  public func onExecutor<Result: Sendable>(
    deadline: Duration = .seconds(600), file: String = #fileID, line: Int = #line,
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let bytes = try ShippedCall.encode(body, at: SourceLocation(file: file, line: line))
    let answer = try await call.run(bytes, deadline: deadline)
    return try ShippedCall.result(answer, as: Result.self)
  }
}
