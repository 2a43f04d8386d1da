internal import FlintCore

/// A simulated machine: its disk, its wall clock, its sockets' ports, and the processes that run on it.
final class HostState {
  unowned let world: World
  let name: String
  let number: Int
  let disk: DiskState
  /// How far the wall clock is off, in nanoseconds.
  var wallOffset: Int64 = 0
  /// False between a crash and the next start of a process.
  var isUp = true
  var nextPort: UInt16 = 49152

  init(world: World, name: String, number: Int) {
    self.world = world
    self.name = name
    self.number = number
    disk = DiskState(world: world, host: name)
  }

  var processes: [ProcessState] { world.processes.filter { $0.host === self } }

  /// Cuts the power: no goodbye on the network, and what was not synced is lost or torn.
  func crash() {
    isUp = false
    world.note(.hostCrashed, UInt64(number), 0, "\(name) loses power")
    for process in processes where process.exit == nil { process.end(.killedByUnknown, saysGoodbye: false) }
    disk.crash()
  }
}
