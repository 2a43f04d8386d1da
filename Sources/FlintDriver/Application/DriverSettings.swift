package import FlintCore
internal import FlintLaunch
internal import FlintScheduling
internal import FlintSystem

/// What the settings of an application mean to its driver.
struct DriverSettings: Sendable {
  let master: MasterURL
  let limits: Limits
  let options: DriverOptions
  /// Partitions of a dataset where nobody says otherwise; 0 for one on each task thread.
  let parallelism: Int
  /// Where working folders are made.
  let localDirectory: FilePath

  /// Throws `invalid-setting` and `limit-relation`.
  init(_ configuration: Configuration, program: String) throws(FlintError) {
    let application = ApplicationKeys()
    master = try MasterURL(configuration[application.master])
    parallelism = configuration[application.parallelism]
    localDirectory = FilePath(configuration[application.localDirectory])
    var limits = try Limits(settings: configuration)
    var executorMemory = configuration[application.executorMemory]
    if case .localCluster(_, _, let memory) = master { executorMemory = memory }
    // Every executor makes a table of what it is sent.
    limits.broadcastRows = max(ByteCount(1), min(.mebibytes(128), ByteCount(executorMemory.bytes / 8)))
    self.limits = limits
    let name = configuration[application.name]
    let reports = ReportKeys()
    var options = DriverOptions(name: name.isEmpty ? program : name)
    options.settings = configuration.changed
    if configuration[reports.eventLog] { options.eventFolder = FilePath(configuration[reports.eventFolder]) }
    let path = configuration[reports.summaryPath]
    options.summaryPath = path.isEmpty ? nil : FilePath(path)
    options.progress =
      switch configuration[reports.progress] {
      case .auto: StandardError.isTerminal ? .terminal(StandardError.stand) : .lines(StandardError.sink)
      case .lines: .lines(StandardError.sink)
      case .off: .none
      }
    options.speculates = configuration[SchedulingKeys().speculation]
    options.pools = SchedulingPools(order: configuration[SchedulingKeys().mode] == .fair ? .fair : .fifo)
    #if DEBUG
      options.eventObserver = EventWatcher.installed
    #endif
    self.options = options
  }

  // MARK: The summary

  /// Prints the summary where people look, and writes it where programs do.
  func write(_ summary: ApplicationSummary, showsIt: Bool, _ context: NodeContext) async {
    if showsIt, summary.jobs > 0 { StandardError.say(summary.text) }
    guard let path = options.summaryPath else { return }
    do {
      try await context.files.createDirectory(path.parent)
      try await context.files.replaceDurably(path, with: summary.json)
    } catch {
      context.log.error("the summary cannot be written", ["path": "\(path)", "error": "\(error)"])
    }
  }
}

extension Limits {
  /// The limits that the settings of an application ask for. Throws `limit-relation`.
  package init(settings configuration: Configuration) throws(FlintError) {
    let keys = SchedulingKeys()
    self.init()
    taskAttempts = configuration[keys.taskFailures]
    taskStarts = max(taskStarts, taskAttempts)
    stageAttempts = configuration[keys.stageAttempts]
    localityWait = max(.nanoseconds(1), configuration[keys.localityWait])
    // Rows take more memory than the bytes in which they came.
    let driverMemory = configuration[ApplicationKeys().driverMemory]
    collectedBytes = max(resultChunk, min(configuration[keys.collectedBytes], ByteCount(driverMemory.bytes / 2)))
    memoryMapOutput = max(ByteCount(1), configuration[keys.shuffleMemory])
    try validate()
  }
}
