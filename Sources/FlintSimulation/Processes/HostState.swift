internal import FlintCore

/// A simulated machine: its place on the network, its disk, its wall clock, and the processes that
/// ran on it.
final class HostState {
  let network: NetworkHost
  let disk: DiskState
  /// How far the wall clock is off, in nanoseconds.
  var wallOffset: Int64 = 0
  private(set) var processes: [ProcessState] = []

  init(network: NetworkHost, engine: Engine) {
    self.network = network
    disk = DiskState(engine: engine, host: network.name)
  }

  func add(_ process: ProcessState) { processes.append(process) }

  /// Cuts the power: no goodbye on the network, and what was not synced is lost or torn.
  func crash() {
    network.isUp = false
    disk.engine.note(.hostCrashed, UInt64(network.number), 0, "\(network.name) loses power")
    for process in processes where process.exit == nil { process.end(.killedByUnknown, saysGoodbye: false) }
    disk.crash()
  }
}
