public import FlintCore

/// One try at a task, as an executor gets it.
public struct TaskDescription: Hashable, Sendable {
  /// A shuffle that the task reads, and where each map task's part is.
  public struct Input: Hashable, Sendable {
    /// The shuffle.
    public var shuffle: ShuffleID
    /// Which of its readers' partitions: a union's or a coalesced task's is not the task's own.
    public var reduce: PartitionID
    /// What one of its map tasks wrote for that partition.
    public var output: MapOutputEntry

    /// One map task's part of `shuffle` for `reduce`.
    public init(shuffle: ShuffleID, reduce: PartitionID, output: MapOutputEntry) {
      self.shuffle = shuffle
      self.reduce = reduce
      self.output = output
    }
  }

  /// A partition of a dataset that somebody keeps: the task reads it there and does not compute it.
  public struct Kept: Hashable, Sendable {
    /// The dataset.
    public var dataset: DatasetID
    /// Which partition.
    public var partition: PartitionID
    /// Everybody who has it.
    public var places: [BlockPlace]

    /// `partition` of `dataset`, kept at `places`.
    public init(dataset: DatasetID, partition: PartitionID, places: [BlockPlace]) {
      self.dataset = dataset
      self.partition = partition
      self.places = places
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
  /// What it reads of datasets that are kept. Other kept rows that an executor finds by itself may be void.
  public var kept: [Kept]
  /// What only this task needs, beside what ``StageDescription`` says for all tasks of the stage.
  public var payload: [UInt8]

  /// A try at a task.
  public init(
    job: JobID, attempt: TaskAttempt, executor: ExecutorIncarnation, epoch: MapOutputEpoch, inputs: [Input],
    kept: [Kept] = [], payload: [UInt8]
  ) {
    self.job = job
    self.attempt = attempt
    self.executor = executor
    self.epoch = epoch
    self.inputs = inputs
    self.kept = kept
    self.payload = payload
  }
}

extension TaskDescription.Input: WireCodable {
  static var leastSize: Int { 16 + MapOutputEntry.leastSize }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(reduce)
    writer.put(output)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(shuffle: try reader.getID(), reduce: try reader.getID(), output: try reader.get())
  }
}

extension TaskDescription.Kept: WireCodable {
  static var leastSize: Int { 20 }

  func encode(to writer: inout WireWriter) {
    writer.put(dataset)
    writer.put(partition)
    writer.put(places)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(dataset: try reader.getID(), partition: try reader.getID(), places: try reader.getArray())
  }
}

extension TaskDescription: WireCodable {
  static var leastSize: Int { 68 }

  func encode(to writer: inout WireWriter) {
    writer.put(job)
    writer.put(attempt)
    writer.put(executor)
    writer.put(epoch)
    writer.put(inputs)
    writer.put(kept)
    writer.put(bytes: payload)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      job: try reader.getID(), attempt: try reader.get(), executor: try reader.get(), epoch: try reader.getID(),
      inputs: try reader.getArray(), kept: try reader.getArray(), payload: try reader.getBytes())
  }
}
