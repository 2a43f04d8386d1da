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
  /// The most bytes that its process has had resident; 0 when it has no process of its own.
  public var peakResident: UInt64

  /// A message with these fields.
  public init(
    executor: ExecutorIncarnation, number: UInt64, running: [TaskAttempt], memoryUsed: UInt64, peakResident: UInt64 = 0
  ) {
    self.executor = executor
    self.number = number
    self.running = running
    self.memoryUsed = memoryUsed
    self.peakResident = peakResident
  }
}

extension ExecutorReport: WireCodable {
  static var leastSize: Int { 44 }

  func encode(to writer: inout WireWriter) {
    writer.put(executor)
    writer.put(number)
    writer.put(running)
    writer.put(memoryUsed)
    writer.put(peakResident)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      executor: try reader.get(), number: try reader.get(), running: try reader.getArray(),
      memoryUsed: try reader.get(),
      peakResident: try reader.get())
  }
}
