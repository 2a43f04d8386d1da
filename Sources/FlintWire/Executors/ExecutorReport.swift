public import FlintCore

/// What an executor says with each of its heartbeats.
public struct ExecutorReport: Hashable, Sendable {
  /// Which one it is.
  public var executor: ExecutorIncarnation
  /// Counts its reports from 0: an older one is old news.
  public var number: UInt64
  /// What it is working on.
  public var running: [TaskAttempt]
  /// Bytes of its budget in use.
  public var memoryUsed: UInt64

  /// A message with these fields.
  public init(executor: ExecutorIncarnation, number: UInt64, running: [TaskAttempt], memoryUsed: UInt64) {
    self.executor = executor
    self.number = number
    self.running = running
    self.memoryUsed = memoryUsed
  }
}

extension ExecutorReport: WireCodable {
  static var leastSize: Int { 36 }

  func encode(to writer: inout WireWriter) {
    writer.put(executor)
    writer.put(number)
    writer.put(running)
    writer.put(memoryUsed)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      executor: try reader.get(), number: try reader.get(), running: try reader.getArray(), memoryUsed: try reader.get()
    )
  }
}
