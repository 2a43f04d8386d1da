internal import FlintCore

/// The ProcessLauncher seam of a simulated process. It starts the programs that the simulation knows by their path, on
/// the same host.
struct SimulatedProcessLauncher: ProcessLauncher {
  private let process: Confined<ProcessState>
  private let host: Confined<HostState>
  private let world: Confined<World>

  init(process: ProcessState, host: HostState, world: World) {
    self.process = Confined(process)
    self.host = Confined(host)
    self.world = Confined(world)
  }

  func launch(_ command: ProcessCommand) async throws -> any LaunchedProcess {
    let world = world.value
    // Starting a program takes a while, and its parent may die meanwhile.
    let delay = world.engine.chances.duration(in: .microseconds(500)...(.milliseconds(20)))
    try await world.engine.sleep(until: world.engine.now + delay.nanoseconds)
    guard let program = world.programs[command.executable] else {
      throw FlintError(
        .processLaunchFailed, "cannot start \(command.executable)", why: "the simulation knows no such program",
        remedy: "register it with Simulation.addProgram")
    }
    let child = world.start(command, named: command.executable.name, on: host.value, program: program)
    return SimulatedChild(child, launchedBy: process.value.life.owner, engine: world.engine)
  }

  func signals() -> AsyncStream<ProcessSignal> {
    let (stream, continuation) = AsyncStream<ProcessSignal>.makeStream()
    process.value.signalStream = continuation
    return stream
  }
}
