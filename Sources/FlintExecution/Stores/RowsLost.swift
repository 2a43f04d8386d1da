internal import FlintCore
internal import FlintWire

/// Other rows came out of a shuffle than went in.
struct RowsLost: ReportableFailure {
  let shuffle: ShuffleID
  let expected: UInt64
  let read: UInt64

  var report: FailureReport {
    FailureReport(
      kind: .rowsLost(shuffle),
      error: RemoteError(.corruptData, "\(expected) rows were written to \(shuffle), and \(read) were read"))
  }
}
