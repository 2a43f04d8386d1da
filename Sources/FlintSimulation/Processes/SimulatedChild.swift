internal import FlintCore

/// A simulated process as its launcher sees it.
final class SimulatedChild: LaunchedProcess {
  private let child: Confined<ProcessState>
  private let launcher: Owner

  init(_ child: ProcessState, launchedBy launcher: Owner) {
    self.child = Confined(child)
    self.launcher = launcher
  }

  /// Process numbers begin at 1,000, so that nobody takes one for a small index.
  var identifier: Int32 { child.value.life.owner.index + 1000 }
  var output: AsyncThrowingStream<[UInt8], any Error> { child.value.console.output }
  var errorOutput: AsyncThrowingStream<[UInt8], any Error> { child.value.console.errorOutput }

  func write(_ bytes: [UInt8]) async throws {
    let child = child.value
    guard child.console.hasInputPipe else {
      throw FlintError(.invalidArgument, "\(child.life.name) was started without a pipe to its input")
    }
    guard !child.console.isInputFinished else {
      throw FlintError(.invalidArgument, "bytes were written to \(child.life.name) after its input had been finished")
    }
    guard child.exit == nil else {
      throw FlintError(.connectionLost, "\(child.life.name) no longer reads its input")
    }
    child.console.writeInput(bytes)
  }

  func finishInput() async {
    child.value.console.finishInput()
  }

  func send(_ signal: ProcessSignal) {
    let child = child.value
    switch signal {
    case .kill: child.end(.signalled(9))
    case .stop: child.pause()
    case .resume: child.resume()
    case .terminate, .interrupt: child.requestEnd(signal)
    }
  }

  func exit() async throws -> ProcessExit {
    try await child.value.awaitExit(for: launcher)
  }
}
