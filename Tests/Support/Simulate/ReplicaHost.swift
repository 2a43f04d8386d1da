internal import FlintCore
internal import FlintSimulation
internal import ReplicatedRegister
internal import Synchronization

/// A machine with a replica on it, and what was done to it.
final class ReplicaHost: Sendable {
  private struct State {
    var process: SimulatedProcess?
    var isCorrupt = false
  }

  let host: SimulatedHost
  let endpoint: Endpoint
  private let bug: RegisterBug?
  private let state = Mutex(State())

  init(_ host: SimulatedHost, bug: RegisterBug?) {
    self.host = host
    self.bug = bug
    endpoint = .tcp(host: host.name, port: 7000)
  }

  var process: SimulatedProcess? { state.withLock { $0.process } }

  /// Starts the replica when it is not running.
  func start() {
    guard process.map({ $0.exit != nil }) ?? true else { return }
    let (endpoint, bug) = (endpoint, bug)
    let process = host.start("replica") { context, _ in
      let replica = RegisterReplica(context: context, directory: "/register", endpoint: endpoint, bug: bug)
      try await replica.run()
      return 0
    }
    state.withLock { $0.process = process }
  }

  /// Flips a bit of the value on its disk. Returns false when there is none yet.
  func corrupt(byte: Int, bit: Int) -> Bool {
    guard host.disk.flipBit(of: "/register/state", atByte: byte, bit: bit) else { return false }
    state.withLock { $0.isCorrupt = true }
    return true
  }

  var isCorrupt: Bool { state.withLock { $0.isCorrupt } }

  /// Makes the machine whole and starts its replica, unless its disk is damaged.
  func repair() {
    host.disk.repair()
    process?.resume()
    process?.delayTimers(upTo: .zero)
    if !isCorrupt { start() }
  }
}
