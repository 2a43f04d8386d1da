internal import FlintCore
public import FlintShuffle
public import FlintWire

extension FetchFailure: ReportableFailure {
  /// As the driver gets it.
  public var report: FailureReport {
    FailureReport(kind: .fetchFailed(shuffle, map: map, epoch: epoch), error: RemoteError(error))
  }
}

extension RowsLost: ReportableFailure {
  /// As the driver gets it.
  public var report: FailureReport {
    FailureReport(kind: .rowsLost(shuffle), error: RemoteError(.corruptData, description))
  }
}
