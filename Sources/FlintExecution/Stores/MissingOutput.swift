internal import FlintCore
internal import FlintWire

/// A map task's output is not there.
struct MissingOutput: ReportableFailure {
  let shuffle: ShuffleID
  let map: PartitionID
  let epoch: MapOutputEpoch

  var report: FailureReport {
    FailureReport(
      kind: .fetchFailed(shuffle, map: map, epoch: epoch),
      error: RemoteError(.fileNotFound, "there is no output of \(map) for \(shuffle)"))
  }
}
