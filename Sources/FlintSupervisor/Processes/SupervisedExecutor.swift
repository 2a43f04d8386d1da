public import FlintCore
internal import FlintSystem
internal import Glibc

/// One life of an executor of a supervised application, as the event log tells of it.
public struct SupervisedExecutor: Hashable, Sendable {
  /// Which life of which executor.
  public let incarnation: ExecutorIncarnation
  /// The node whose files it writes.
  public let node: Int
  /// The system's number of its process.
  public let process: Int32
  /// The directory of its node.
  public let directory: FilePath

  /// The executor that `event`, an `executorAdded`, tells of. Throws `corrupt-data` when the log does not say enough.
  public init(_ event: RunEvent) throws(FlintError) {
    guard let incarnation = event.executor, let node = event.number("node"), let process = event.number("process"),
      let process = Int32(exactly: process), let directory = event.text("directory")
    else { throw FlintError(.corruptData, "the log does not say where an executor is: \(event)") }
    self.incarnation = incarnation
    self.node = node
    self.process = process
    self.directory = FilePath(directory)
  }

  /// SIGKILL.
  public func kill() { signal(SIGKILL) }

  /// SIGSTOP; returns when it stands still.
  public func stop() { signal(SIGSTOP) }

  /// SIGCONT.
  public func resume() { signal(SIGCONT) }

  /// SIGTERM.
  public func terminate() { signal(SIGTERM) }

  /// Whether its process lives; one that stands still does.
  public var isAlive: Bool { ProcessTable.state(of: process).map { !"ZX".contains($0) } ?? false }

  /// Whether its process stands still.
  public var isStopped: Bool { ProcessTable.state(of: process) == "T" }

  private func signal(_ number: Int32) { _ = Glibc.kill(process, number) }
}
