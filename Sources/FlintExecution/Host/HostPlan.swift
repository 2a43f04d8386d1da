public import FlintCore

/// Which executors a host runs for an application.
public struct HostPlan: Sendable {
  /// The application.
  public var application: ApplicationID
  /// How many executors, each on a node of its own.
  public var executorCount: Int
  /// Task threads of each.
  public var taskThreads: Int
  /// The memory budget of each.
  public var memory: ByteCount
  /// Where they find the driver.
  public var driver: Endpoint
  /// A directory of the application's own, which only its user can enter. Paths of sockets are short, so it must be too.
  public var directory: FilePath
  /// What their logs say.
  public var logLevel: LogLevel
  /// Which of their links a test stands in.
  package var links = LinkRoutes()

  /// A plan.
  public init(
    application: ApplicationID, executorCount: Int, taskThreads: Int, memory: ByteCount, driver: Endpoint,
    directory: FilePath, logLevel: LogLevel
  ) {
    self.application = application
    self.executorCount = executorCount
    self.taskThreads = taskThreads
    self.memory = memory
    self.driver = driver
    self.directory = directory
    self.logLevel = logLevel
  }

  /// Where an executor serves the blocks in its memory.
  public static func blocks(of executor: ExecutorIncarnation, in directory: FilePath) -> Endpoint {
    .unix(path: directory / "e\(executor.executor.rawValue)-\(executor.number).sock")
  }
}
