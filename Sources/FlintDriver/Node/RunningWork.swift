internal import FlintCore
internal import FlintExecution
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// What an attempt at a stage runs.
struct RunningSet {
  let stage: Stage
  let job: JobID
  let inputs: StageInputs
  let payloads: TaskPayloads
  let isBarrier: Bool
  let startedAt: MonotonicInstant
  /// What ended it, in words, if a failure did.
  var failure: String?
  /// That it is over was written down.
  var isOver = false
}

/// A try that was launched and of which it is not known what came of it.
struct RunningTry {
  let executor: ExecutorIncarnation
  let job: JobID
  let startedAt: MonotonicInstant
  /// Under which epoch its inputs' places held; nil when there was nowhere to send it to.
  var epoch: MapOutputEpoch?
  /// What it wrote for a shuffle.
  var output: MapOutput?
  /// What it gave as its result.
  var result: [UInt8]?
  /// Where its result still is.
  var source: LeftResult?
  /// Why it failed, in words.
  var error: FlintError?
  var accumulators: [AccumulatorReport] = []
  /// It is over, as far as its executor is concerned.
  var isOver = false
  /// It was told to end.
  var isKilled = false
  /// It was told that it may commit.
  var mayCommit = false
}

/// A job that has not ended, or whose results are still being read.
struct RunningJob {
  let request: JobRequest
  let startedAt: MonotonicInstant
  /// Results that nobody has taken.
  var results: [PartitionResult] = []
  /// Bytes of results that nobody has taken, and of those that are being fetched.
  var heldBytes: Int64 = 0
  /// Who waits for results.
  var reader: UnsafeContinuation<[PartitionResult], any Error>?
  /// How it ended.
  var ending: Result<Void, any Error>?
  /// Why it must end, where the deciders cannot say it.
  var ownError: FlintError?
}
