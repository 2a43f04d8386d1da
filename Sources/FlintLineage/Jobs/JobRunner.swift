public import FlintCore

/// Runs jobs. The typed API knows this protocol only; the driver implements it.
public protocol JobRunner: Sendable {
  /// Starts a job. Its results are read from the handle; letting the handle go cancels the job.
  ///
  /// Throws what is wrong with the job before anything runs: a closure that cannot be shipped, rows that cannot cross a
  /// border, a request that no executor could ever satisfy.
  func submit(_ request: JobRequest) async throws -> any JobHandle
}

/// A job that runs.
public protocol JobHandle: AnyObject, Sendable {
  /// Which job it is.
  var id: JobID { get }

  /// The partitions' results, each once, in the order in which they come in; then the end, or the error that ended the
  /// job. One reader, who is waited for when it is slow.
  var results: AsyncThrowingStream<PartitionResult, any Error> { get }

  /// Cancels the job: its tasks are stopped, its results end with an error.
  func cancel()
}

/// What a job made of one partition.
public struct PartitionResult: Sendable {
  /// Which partition.
  public let partition: PartitionID
  /// The result's bytes, as the request's operation wrote them; none where there is a `source`.
  public let bytes: [UInt8]
  /// Where the bytes still are, of a request that leaves long results with whoever made them.
  public let source: (any ResultSource)?

  /// The result `bytes` of `partition`.
  public init(partition: PartitionID, bytes: [UInt8]) {
    self.partition = partition
    self.bytes = bytes
    source = nil
  }

  /// The result of `partition`, whose bytes `source` gives.
  public init(partition: PartitionID, source: any ResultSource) {
    self.partition = partition
    bytes = []
    self.source = source
  }
}

/// A result that stays with whoever made it while it is read piece by piece. It is let go with this object.
public protocol ResultSource: AnyObject, Sendable {
  /// How many bytes it has.
  var byteCount: UInt64 { get }

  /// `count` bytes from `offset` on. Throws when whoever has it is gone: then it must be made again.
  func read(count: UInt64, at offset: UInt64) async throws -> [UInt8]
}
