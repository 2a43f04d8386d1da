public import FlintCore

extension Session {
  /// The driver's files.
  public var files: any FileSystem { runtime.context.files }

  /// The driver's clock.
  public var time: any TimeSource { runtime.context.time }

  /// The processor time of all tries at tasks that have ended so far; zero where nobody can say.
  public func processorTime() async -> Duration { await runtime.processorTime() }
}
