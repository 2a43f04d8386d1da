internal import FlintCore

/// The ProcessLauncher seam of a simulated process. It starts the programs that the simulation knows by their path, on
/// the same host.
struct SimulatedProcessLauncher: ProcessLauncher {
  private let process: Confined<ProcessState>

  init(process: ProcessState) {
    self.process = Confined(process)
  }

  func launch(_ command: ProcessCommand) async throws -> any LaunchedProcess {
    let parent = process.value
    let world = parent.world
    // Starting a program takes a while, and its parent may die meanwhile.
    let delay = world.random.duration(in: .microseconds(500)...(.milliseconds(20)))
    try await world.engine.sleep(until: world.engine.now + delay.nanoseconds)
    guard let program = world.programs[command.executable] else {
      throw FlintError(
        .processLaunchFailed, "cannot start \(command.executable)", why: "the simulation knows no such program",
        remedy: "register it with Simulation.addProgram")
    }
    let child = world.start(command, named: command.executable.name, on: parent.host, program: program)
    return SimulatedChild(child, launchedBy: parent)
  }

  func signals() -> AsyncStream<ProcessSignal> {
    let (stream, continuation) = AsyncStream<ProcessSignal>.makeStream()
    process.value.signalStream = continuation
    return stream
  }
}
