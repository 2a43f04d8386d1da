/// What one try at a task has read, written and used.
public struct TaskMetrics: Hashable, Sendable {
  /// Rows from sources.
  public var rowsRead: UInt64 = 0
  /// Rows to sinks.
  public var rowsWritten: UInt64 = 0
  /// Bytes from sources.
  public var bytesRead: UInt64 = 0
  /// Bytes to sinks.
  public var bytesWritten: UInt64 = 0
  /// Rows from shuffles.
  public var shuffleRowsRead: UInt64 = 0
  /// Rows to shuffles.
  public var shuffleRowsWritten: UInt64 = 0
  /// Bytes from shuffles, as they are stored.
  public var shuffleBytesRead: UInt64 = 0
  /// Bytes to shuffles, as they are stored.
  public var shuffleBytesWritten: UInt64 = 0
  /// Bytes that went to disk since memory was short.
  public var spilledBytes: UInt64 = 0
  /// Processor time of the task's thread while it ran this try, in nanoseconds; 0 where nobody can say.
  public var cpuNanoseconds: UInt64 = 0
  /// Time from the launch to the end, in nanoseconds.
  public var wallNanoseconds: UInt64 = 0

  /// Nothing yet.
  public init() {}

  /// Adds what another try did.
  public static func += (total: inout TaskMetrics, more: TaskMetrics) {
    total.rowsRead &+= more.rowsRead
    total.rowsWritten &+= more.rowsWritten
    total.bytesRead &+= more.bytesRead
    total.bytesWritten &+= more.bytesWritten
    total.shuffleRowsRead &+= more.shuffleRowsRead
    total.shuffleRowsWritten &+= more.shuffleRowsWritten
    total.shuffleBytesRead &+= more.shuffleBytesRead
    total.shuffleBytesWritten &+= more.shuffleBytesWritten
    total.spilledBytes &+= more.spilledBytes
    total.cpuNanoseconds &+= more.cpuNanoseconds
    total.wallNanoseconds &+= more.wallNanoseconds
  }
}
