internal import FlintChaos
internal import FlintCore
internal import FlintSimulation
internal import Synchronization

/// Faults: what each of them does.
extension SimulatedCluster {
  func strikeProcesses(_ fault: Fault, _ event: ClusterEvent) async {
    switch fault {
    case .kill(let target): for process in processes(of: target, event) { process.kill() }
    case .killRepeatedly(let target, let times):
      let victims = executors(target, event)
      state.withLock { state in
        for index in victims { state.places[index].doomedStarts += times - 1 }
      }
      for process in processes(of: target, event) { process.kill() }
    case .killAtCall(let target, let call, let number, let isAfter):
      let executors = Set(executors(target, event))
      await killed(isAfter: isAfter, atCall: number, of: call) { [self] in
        let acting = state.withLock { state in state.places.indices.first { state.places[$0].process?.isActing == true }
        }
        return acting.map { executors.contains($0) }
          ?? (target == .driver && state.withLock { $0.driver?.isActing == true })
      }
    case .replaceDriver: state.withLock { $0.driver }?.kill()
    case .terminate(let target): for process in processes(of: target, event) { process.terminate() }
    case .pause(let target, let duration):
      let paused = processes(of: target, event)
      for process in paused { process.pause() }
      await pause(duration)
      for process in paused { process.resume() }
    case .losePower(let target):
      let dark = simulation.time.now.advanced(by: .seconds(1))
      for index in Set(executors(target, event).map { plan.machine(of: $0) }).sorted() {
        state.withLock { $0.darkUntil[index] = dark }
        machines[index].crash()
      }
    case .killBlockService(let target):
      for index in Set(executors(target, event).map { plan.machine(of: $0) }).sorted() {
        state.withLock { $0.services[index] }?.kill()
      }
    default: preconditionFailure("\(fault) is done to no process")
    }
  }

  /// Returns when a process for which `isMeant` holds while it runs has died at the call.
  private func killed(
    isAfter: Bool, atCall number: Int, of call: Fault.DiskCall, _ isMeant: @escaping @Sendable () -> Bool
  ) async {
    let calls = Mutex(0)
    let hasStruck = Mutex(false)
    shared.watch = { [simulation] operation, isDone in
      guard operation == call.operation, isDone == isAfter, isMeant() else { return }
      let count = calls.withLock { calls in
        calls += 1
        return calls
      }
      guard count == number else { return }
      hasStruck.withLock { $0 = true }
      simulation.killActingProcess()
    }
    // An application that ends before takes its faults with it; that they did not strike is told.
    _ = try? await simulation.reaches(within: .seconds(600), every: Self.look) { hasStruck.withLock { $0 } || isEnding }
    shared.watch = nil
    if !hasStruck.withLock({ $0 }) { fail("NOT STRUCK: nobody came to call \(number) of \(call)") }
  }

  func strikeNetwork(_ fault: Fault, _ event: ClusterEvent) async {
    let network = simulation.network
    switch fault {
    case .partition(let side, let others, let duration):
      await cut(pairs(hosts(of: side, event), hosts(of: others, event), isBothWays: true), for: duration)
    case .cut(let from, let to, let duration):
      await cut(pairs(hosts(of: from, event), hosts(of: to, event), isBothWays: false), for: duration)
    case .halfOpen(let first, let second):
      for (near, far) in pairs(hosts(of: first, event), hosts(of: second, event), isBothWays: false) {
        network.swallowStreams(between: near, and: far)
      }
    case .breakStreams(let first, let second, let count):
      for (near, far) in pairs(hosts(of: first, event), hosts(of: second, event), isBothWays: false) {
        network.breakStreams(between: near, and: far, afterBytes: count)
      }
    case .harmFrames(let harm, let permille, let duration):
      await withConditions(for: duration) { conditions in
        switch harm {
        case .lose: conditions.lossPermille = permille
        case .duplicate: conditions.duplicationPermille = permille
        case .reorder: conditions.reorderingPermille = permille
        case .corrupt: conditions.corruptionPermille = permille
        case .reset: conditions.resetPermille = permille
        }
      }
    case .loseNames(let target, let duration):
      let nameless = hosts(of: target, event)
      for host in nameless { network.setNamed(host, false) }
      await pause(duration)
      for host in nameless { network.setNamed(host, true) }
    case .singleBytes(let duration): await withConditions(for: duration) { $0.cutting = .everyByte }
    case .slowLinks(let bound, let duration):
      await withConditions(for: duration) {
        $0.spikePermille = 500
        $0.spike = bound
      }
    default: preconditionFailure("\(fault) is done to no link")
    }
  }

  /// Changes what every link does, and then makes them sound.
  private func withConditions(for duration: Duration, _ change: (inout LinkConditions) -> Void) async {
    change(&simulation.network.conditions)
    await pause(duration)
    simulation.network.conditions = LinkConditions()
  }

  private func pairs(
    _ side: [SimulatedHost], _ others: [SimulatedHost], isBothWays: Bool
  ) -> [(SimulatedHost, SimulatedHost)] {
    let there = side.flatMap { near in others.filter { $0.name != near.name }.map { (near, $0) } }
    return isBothWays ? there + there.map { ($0.1, $0.0) } : there
  }

  private func cut(_ links: [(SimulatedHost, SimulatedHost)], for duration: Duration) async {
    for (from, to) in links { simulation.network.cut(from: from, to: to) }
    await pause(duration)
    for (from, to) in links { simulation.network.mend(from: from, to: to) }
  }

  // MARK: Files

  func strikeFiles(_ fault: Fault, _ event: ClusterEvent) async {
    switch fault {
    case .fullDisk(let target, let call, let stays):
      for host in hosts(of: target, event) {
        host.disk.order(DiskFaults.Failure(.diskFull, atCall: call, of: .write, stays: stays))
      }
    case .failingDisk(let target, let call, let number):
      for host in hosts(of: target, event) {
        host.disk.order(DiskFaults.Failure(.inputOutput, atCall: number, of: call.operation))
      }
    case .slowDisk(let target, let bound, let duration):
      let slow = hosts(of: target, event)
      for host in slow { host.disk.faults.latency = .zero...bound }
      await pause(duration)
      for host in slow { host.disk.faults.latency = DiskFaults().latency }
    case .flipBit(let target, let place):
      for host in hosts(of: target, event) {
        for file in outputs(on: host) { flip(file, on: host.disk, place) }
      }
    case .removeFiles(let target):
      for host in hosts(of: target, event) {
        for file in applicationFiles(on: host) { host.disk.remove(file) }
      }
    case .misplaceFiles(let target):
      for host in hosts(of: target, event) {
        for kind in ["shuffle-data", "cached"] {
          let files = applicationFiles(on: host).filter { $0.name.hasPrefix(kind) }
          if files.count > 1 { host.disk.move(files[0], onto: files[1]) }
        }
      }
    default: preconditionFailure("\(fault) is done to no file")
    }
  }

  private func applicationFiles(on host: SimulatedHost) -> [FilePath] {
    host.disk.files.filter { $0.string.hasPrefix(ClusterAddresses.directory.string + "/") }
  }

  /// The map outputs in files.
  private func outputs(on host: SimulatedHost) -> [FilePath] {
    applicationFiles(on: host).filter { $0.name.hasPrefix("shuffle-data") }
  }

  private func flip(_ file: FilePath, on disk: SimulatedDisk, _ place: Fault.FilePlace) {
    let count = disk.bytes(of: file)?.count ?? 0
    guard count > 0 else { return }
    let offset =
      switch place {
      case .header: simulation.choose(below: min(32, count))
      case .middle: count / 2
      case .end: count - 1 - simulation.choose(below: min(16, count))
      case .index: count - 1 - simulation.choose(below: min(150, count))
      }
    disk.flipBit(of: file, atByte: offset, bit: simulation.choose(below: 8))
  }
}

extension Fault.DiskCall {
  var operation: DiskFaults.Operation {
    switch self {
    case .open: .open
    case .read: .read
    case .write: .write
    case .rename: .rename
    case .remove: .remove
    case .synchronize: .synchronize
    }
  }
}
