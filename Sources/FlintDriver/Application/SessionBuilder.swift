public import FlintCore
public import FlintDatasets
internal import FlintLaunch
internal import Synchronization

/// Collects what a session is to be like, and starts it.
///
/// ```swift
/// let flint = try await Session.builder.master("local[2]").name("words").getOrCreate()
/// ```
///
/// What is set here comes before the command line, the configuration file and the environment.
public struct SessionBuilder: Sendable {
  private var entries: [ConfigurationEntry] = []
  private var commandLine: [String] = []

  /// A builder without wishes.
  public init() {}

  /// Where jobs run: `local[4]`, `local-cluster[2,1,1g]`.
  public func master(_ url: String, file: String = #fileID, line: Int = #line) -> SessionBuilder {
    set(ApplicationKeys().master.set(to: url, file: file, line: line))
  }

  /// What the application is called in logs and summaries.
  public func name(_ name: String, file: String = #fileID, line: Int = #line) -> SessionBuilder {
    set(ApplicationKeys().name.set(to: name, file: file, line: line))
  }

  /// Any setting, by its name.
  public func config(
    _ key: String, _ value: String, file: String = #fileID, line: Int = #line
  ) -> SessionBuilder {
    let place = SourceLocation(file: file, line: line)
    return set(ConfigurationEntry(key: key, text: value, origin: .code(place)))
  }

  /// A setting made by its key.
  public func set(_ entry: ConfigurationEntry) -> SessionBuilder {
    var copy = self
    copy.entries.append(entry)
    return copy
  }

  /// Settings as they stand after `--conf`.
  func commandLine(_ settings: [String]) -> SessionBuilder {
    var copy = self
    copy.commandLine = settings
    return copy
  }

  /// The session of this process: the one that runs, or else a new one.
  ///
  /// Throws `unknown-setting`, `invalid-setting`, `limit-relation`, and `executors-unavailable` when executor processes are
  /// asked for by a program that is no ``FlintApplication``.
  public func getOrCreate() async throws -> Session {
    if let running = RunningSession.current { return running }
    let started = try await ApplicationStart.start(
      ProcessSurroundings(), code: entries, commandLine: commandLine, isApplication: false)
    return started.session
  }
}

extension Session {
  /// Begins to describe a session.
  public static var builder: SessionBuilder { SessionBuilder() }
}

/// The session of this process.
enum RunningSession {
  private static let running = Mutex<Session?>(nil)

  static var current: Session? {
    get { running.withLock { $0 } }
    set { running.withLock { $0 = newValue } }
  }
}
