internal import FlintCore

/// A simulated machine, in the hands of a scenario.
public struct SimulatedHost: Sendable {
  private let state: Confined<HostState>
  private let world: Confined<World>

  init(_ state: HostState, in world: World) {
    self.state = Confined(state)
    self.world = Confined(world)
  }

  var networkHost: NetworkHost { state.value.network }

  /// Its name, which is also its address on the simulated network.
  public var name: String { networkHost.name }

  /// Its disk, to break.
  public var disk: SimulatedDisk { SimulatedDisk(state.value.disk) }

  /// Starts a process with so many task threads on it; after a crash this also turns the machine on again.
  @discardableResult
  public func start(
    _ name: String, arguments: [String] = [], taskThreads: Int = 2, _ program: @escaping SimulatedProgram
  ) -> SimulatedProcess {
    let command = ProcessCommand(FilePath(name), arguments)
    return SimulatedProcess(
      world.value.start(
        command, named: name, taskThreads: taskThreads, console: ConsoleState(), on: state.value, program: program))
  }

  /// Cuts the power: all its processes end, nobody on the network is told, unsynced writes are lost or torn.
  public func crash() { state.value.crash() }

  /// Lets its wall clock jump.
  public func jumpWallClock(by duration: Duration) { state.value.wallOffset += duration.nanoseconds }
}
