public import FlintCore
internal import FlintLineage

/// The driver's side of an application: makes datasets, and ends everything at the end.
///
/// A session is a value over one runtime, whatever runs behind it: threads of this process, executors on this machine, or a
/// cluster. Copies are the same session.
public struct Session: Sendable {
  /// What runs the session's jobs.
  @usableFromInline package let runtime: any ApplicationRuntime

  /// A session over `runtime`, which is its alone.
  public init(over runtime: any ApplicationRuntime) {
    self.runtime = runtime
  }

  /// The settings in effect.
  public var configuration: Configuration { runtime.configuration }

  /// The limits in effect.
  public var limits: Limits { runtime.limits }

  /// The driver's log.
  public var log: Logger { runtime.context.log }

  /// How many partitions a dataset gets where nobody says otherwise.
  public var defaultParallelism: Int { runtime.defaultParallelism }

  /// Ends all jobs, all executors and everything that belongs to the application. Returns when it is gone.
  public func stop() async {
    await runtime.stop()
  }
}
