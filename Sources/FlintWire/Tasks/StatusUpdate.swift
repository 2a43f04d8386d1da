public import FlintCore

/// What became of a try at a task. The executor repeats it until the driver has noted it.
public struct StatusUpdate: Hashable, Sendable {
  /// Which try.
  public var attempt: TaskAttempt
  /// Who ran it.
  public var executor: ExecutorIncarnation
  /// What became of it.
  public var status: TaskStatus
  /// What it has read, written and used.
  public var metrics: TaskMetrics
  /// What it adds to accumulators, should it be the try that counts.
  public var accumulators: [AccumulatorReport]

  /// A message with these fields.
  public init(
    attempt: TaskAttempt, executor: ExecutorIncarnation, status: TaskStatus, metrics: TaskMetrics = TaskMetrics(),
    accumulators: [AccumulatorReport] = []
  ) {
    self.attempt = attempt
    self.executor = executor
    self.status = status
    self.metrics = metrics
    self.accumulators = accumulators
  }
}

extension StatusUpdate: WireCodable {
  static var leastSize: Int { 41 + TaskMetrics.leastSize + 4 }

  func encode(to writer: inout WireWriter) {
    writer.put(attempt)
    writer.put(executor)
    writer.put(status)
    writer.put(metrics)
    writer.put(accumulators)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      attempt: try reader.get(), executor: try reader.get(), status: try reader.get(), metrics: try reader.get(),
      accumulators: try reader.getArray())
  }
}
