internal import FlintCore

/// The ProcessLauncher seam of a simulated process.
struct SimulatedProcessLauncher: ProcessLauncher {
  private let process: Confined<ProcessState>
  private let engine: Confined<Engine>
  private let start: Confined<(ProcessCommand) throws -> ProcessState>

  /// `start` begins the process of a command on the same host.
  init(process: ProcessState, engine: Engine, start: @escaping (ProcessCommand) throws -> ProcessState) {
    self.process = Confined(process)
    self.engine = Confined(engine)
    self.start = Confined(start)
  }

  func launch(_ command: ProcessCommand) async throws -> any LaunchedProcess {
    let engine = engine.value
    // Starting a program takes a while, and its parent may die meanwhile.
    let delay = engine.chances.duration(in: .microseconds(500)...(.milliseconds(20)))
    try await engine.sleep(until: engine.now + delay.nanoseconds)
    return SimulatedChild(try start.value(command), launchedBy: process.value.life.owner)
  }

  func endRequests() throws -> AsyncStream<ProcessSignal> {
    let (stream, continuation) = AsyncStream<ProcessSignal>.makeStream()
    let process = process
    let number = process.value.addSignalListener(continuation)
    continuation.onTermination = { _ in process.value.removeSignalListener(number) }
    return stream
  }
}
