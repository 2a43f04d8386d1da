package import FlintCore
package import FlintWire

extension WireGenerator {
  package mutating func stage() -> StageAttempt { StageAttempt(stage: id(), number: number()) }

  package mutating func attempt() -> TaskAttempt {
    TaskAttempt(task: TaskID(stage: stage(), partition: id()), number: number())
  }

  package mutating func executor() -> ExecutorIncarnation { ExecutorIncarnation(executor: id(), number: number()) }

  package mutating func endpoint() -> Endpoint {
    below(3) == 0 ? .unix(path: FilePath(text())) : .tcp(host: text(), port: number())
  }

  package mutating func place() -> BlockPlace {
    BlockPlace(node: id(), executor: below(2) == 0 ? nil : executor(), endpoint: endpoint())
  }

  package mutating func block() -> BlockID {
    switch below(6) {
    case 0: .cached(id(), id())
    case 1: .broadcast(id(), piece: number())
    case 2: .shuffleData(id(), map: attempt())
    case 3: .shuffleIndex(id(), map: attempt())
    case 4: .shuffleSegment(id(), map: attempt(), reduce: id())
    default: .taskResult(attempt())
    }
  }

  package mutating func output() -> MapOutputEntry {
    MapOutputEntry(map: attempt(), place: place(), byteCount: number(), rowCount: number())
  }

  package mutating func error() -> RemoteError {
    let codes = FlintError.Code.allCases
    return RemoteError(
      codes[below(codes.count)], text(), why: below(2) == 0 ? nil : text(),
      remedy: below(2) == 0 ? nil : text())
  }

  package mutating func failure() -> FailureReport.Kind {
    switch below(10) {
    case 0: .threw(isRetryable: below(2) == 0)
    case 1: .fetchFailed(id(), map: id(), epoch: id())
    case 2: .commitDenied
    case 3: .killed
    case 4: .memoryExceeded
    case 5: .diskFull
    case 6: .diskFailed
    case 7: .resultUnsupported
    case 8: .takenBack
    default: .rowsLost(id())
    }
  }

  package mutating func status() -> TaskStatus {
    switch below(5) {
    case 0: .running
    case 1: .finished(result: bytes())
    case 2: .finishedWithBlock(byteCount: number())
    case 3: .wrote(report())
    default: .failed(FailureReport(kind: failure(), error: error()))
    }
  }

  private mutating func report() -> MapOutputReport {
    let count = below(5)
    return MapOutputReport(
      shuffle: id(), place: place(), byteCounts: (0..<count).map { _ in number() },
      rowCounts: (0..<count).map { _ in number() }, checksum: number())
  }

  package mutating func introduction() -> Introduction {
    Introduction(
      cluster: text(), role: PeerRole.allCases[below(PeerRole.allCases.count)],
      channel: Introduction.Channel.allCases[below(2)], name: text(), incarnation: number(),
      executor: below(2) == 0 ? nil : executor(), build: bytes(upTo: Introduction.buildLimit),
      frameLength: max(1, number()), requestsInFlight: max(1, number()))
  }
}
