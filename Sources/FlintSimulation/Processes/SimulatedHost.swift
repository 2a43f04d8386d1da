internal import FlintCore

/// A simulated machine, in the hands of a scenario.
public struct SimulatedHost: Sendable {
  let state: Confined<HostState>

  init(_ state: HostState) {
    self.state = Confined(state)
  }

  /// Its name, which is also its address on the simulated network.
  public var name: String { state.value.name }

  /// Its disk, to break.
  public var disk: SimulatedDisk { SimulatedDisk(state.value.disk) }

  /// Starts a process on it; after a crash this also turns the machine on again.
  @discardableResult
  public func start(
    _ name: String, arguments: [String] = [], _ program: @escaping SimulatedProgram
  ) -> SimulatedProcess {
    let host = state.value
    let command = ProcessCommand(FilePath(name), arguments)
    return SimulatedProcess(host.world.start(command, named: name, on: host, program: program))
  }

  /// Cuts the power: all its processes end, nobody on the network is told, unsynced writes are lost or torn.
  public func crash() { state.value.crash() }

  /// Lets its wall clock jump.
  public func jumpWallClock(by duration: Duration) { state.value.wallOffset += duration.nanoseconds }
}
