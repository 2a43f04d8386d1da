public import FlintCore

/// One try at a task, as an executor gets it.
public struct TaskDescription: Hashable, Sendable {
  /// A shuffle that the task reads, and where each map task's part is.
  public struct Input: Hashable, Sendable {
    /// The shuffle.
    public var shuffle: ShuffleID
    /// What one of its map tasks wrote for this one.
    public var output: MapOutputEntry

    /// One map task's part of `shuffle`.
    public init(shuffle: ShuffleID, output: MapOutputEntry) {
      self.shuffle = shuffle
      self.output = output
    }
  }

  /// The job that it works for.
  public var job: JobID
  /// Which try at which task.
  public var attempt: TaskAttempt
  /// The incarnation that it is meant for: another one does not run it.
  public var executor: ExecutorIncarnation
  /// Under which the inputs' places hold.
  public var epoch: MapOutputEpoch
  /// What it reads of shuffles.
  public var inputs: [Input]
  /// The shipped work.
  public var payload: [UInt8]

  /// A try at a task.
  public init(
    job: JobID, attempt: TaskAttempt, executor: ExecutorIncarnation, epoch: MapOutputEpoch, inputs: [Input],
    payload: [UInt8]
  ) {
    self.job = job
    self.attempt = attempt
    self.executor = executor
    self.epoch = epoch
    self.inputs = inputs
    self.payload = payload
  }
}

extension TaskDescription.Input: WireCodable {
  static var leastSize: Int { 8 + MapOutputEntry.leastSize }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(output)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(shuffle: try reader.getID(), output: try reader.get())
  }
}

extension TaskDescription: WireCodable {
  static var leastSize: Int { 64 }

  func encode(to writer: inout WireWriter) {
    writer.put(job)
    writer.put(attempt)
    writer.put(executor)
    writer.put(epoch)
    writer.put(inputs)
    writer.put(bytes: payload)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      job: try reader.getID(), attempt: try reader.get(), executor: try reader.get(), epoch: try reader.getID(),
      inputs: try reader.getArray(), payload: try reader.getBytes())
  }
}
