public import FlintCore

/// The process of an executor, and the directory of its node.
public struct ExecutorWhereabouts: Hashable, Sendable {
  /// The system's number of the process.
  public var process: Int32
  /// Where its node keeps files.
  public var directory: FilePath

  /// A process and a directory.
  public init(process: Int32, directory: FilePath) {
    self.process = process
    self.directory = directory
  }
}
