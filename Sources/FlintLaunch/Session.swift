public import FlintCore
internal import FlintSystem

/// What an application's run has of Flint: the settings in effect, and a log that follows them.
public struct Session: Sendable {
  /// The settings: those after `--conf`, the file's, the environment's, and the defaults.
  public let configuration: Configuration
  /// Writes to standard error, as the settings under `flint.log` say.
  public let log: Logger

  /// A session of the process that `surroundings` describe. Throws `unknown-setting` or `invalid-setting`.
  init(_ surroundings: ProcessSurroundings, settings: [String]) async throws {
    configuration = try await Configuration.load(
      commandLine: settings, environment: surroundings.environment,
      files: SystemFileSystem(threads: try FileThreads(count: 1)))
    log = Logger(label: "driver", configuration: configuration, time: try SystemTime(), sink: StandardError.sink)
  }
}
