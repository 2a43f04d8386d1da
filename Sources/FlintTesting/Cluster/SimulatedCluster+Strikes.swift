internal import FlintChaos
internal import FlintCore
internal import FlintSimulation
internal import FlintWire
internal import Synchronization

/// Faults: when they strike, and whom.
extension SimulatedCluster {
  /// Takes a line of the driver's event log: for the books, and for the faults that wait for it.
  func take(_ line: [UInt8]) {
    guard let event = ClusterEvent(line: line) else {
      return state.withLock { $0.books.refuse(line) }
    }
    simulation.note("event \(event.line)")
    let due = state.withLock { state in
      state.books.take(event)
      return state.armed.indices.filter { index in
        let planned = state.armed[index].fault
        guard !state.armed[index].hasStruck, planned.trigger.fits(event.name, field: { event[$0] }) else {
          return false
        }
        state.armed[index].fittingEvents += 1
        guard state.armed[index].fittingEvents >= planned.trigger.count else { return false }
        state.armed[index].hasStruck = true
        state.strikesUnderWay += 1
        return true
      }.map { state.armed[$0].fault.fault }
    }
    for fault in due {
      simulation.spawn { [self] in
        simulation.note("STRIKE \(fault)")
        simulation.probe("fault.\(fault.name)")
        await strike(fault, event)
        state.withLock {
          $0.strikesUnderWay -= 1
          $0.lastChange = simulation.time.now
        }
      }
    }
  }

  private func strike(_ fault: Fault, _ event: ClusterEvent) async {
    switch fault {
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .losePower, .killBlockService, .replaceDriver:
      await strikeProcesses(fault, event)
    case .partition, .cut, .halfOpen, .breakStreams, .harmFrames, .loseNames, .singleBytes, .slowLinks:
      await strikeNetwork(fault, event)
    case .fullDisk, .failingDisk, .slowDisk, .flipBit, .removeFiles, .misplaceFiles: await strikeFiles(fault, event)
    case .jumpWallClock(let target, let duration):
      for host in hosts(of: target, event) { host.jumpWallClock(by: duration) }
    case .lateTimers(let target, let bound, let duration):
      let late = processes(of: target, event)
      for process in late { process.delayTimers(upTo: bound) }
      await pause(duration)
      for process in late { process.delayTimers(upTo: .zero) }
    case .cancelJob: state.withLock { $0.work }?.cancel()
    case .strangeBytes(let target, let count): await Stranger(self).dial(endpoints(of: target, event), count)
    case .impersonate(let target):
      // Before an executor is in service its name is nobody's yet.
      let indices = executors(target, event)
      let victims = state.withLock { state in
        indices.map { state.places[$0] }.filter(\.isServing).map(\.incarnation)
      }
      for victim in victims { await Impostor(victim: victim, cluster: self).act() }
    case .heal: healAll()
    }
  }

  /// Mends everything that can be mended.
  package func healAll() {
    let network = simulation.network
    network.conditions = LinkConditions()
    network.heal()
    for host in machines + [driverHost] { network.setNamed(host, true) }
    for machine in machines { machine.disk.repair() }
    driverHost.disk.repair()
    shared.repair()
    let (processes, driver) = state.withLock { ($0.places.compactMap(\.process), $0.driver) }
    for process in processes + [driver].compactMap(\.self) {
      process.delayTimers(upTo: .zero)
      process.resume()
    }
    state.withLock { $0.lastChange = simulation.time.now }
  }

  func pause(_ duration: Duration) async { try? await simulation.time.sleep(for: duration) }

  // MARK: Whom

  /// The executors that a target means, by number.
  func executors(_ target: FaultTarget, _ event: ClusterEvent) -> [Int] {
    let all = Array(0..<plan.shape.executorCount)
    let named = event.executor?.executor ?? event.attempt.flatMap { books.executor(of: $0)?.executor } ?? 0
    switch target {
    case .driver: return []
    case .executor(let index): return all.filter { $0 == index % all.count }
    case .namedExecutor: return [named]
    case .otherExecutor: return Array(all.filter { $0 != named }.prefix(1))
    case .everyExecutor, .everybody: return all
    }
  }

  private func includesDriver(_ target: FaultTarget) -> Bool { target == .driver || target == .everybody }

  func processes(of target: FaultTarget, _ event: ClusterEvent) -> [SimulatedProcess] {
    let wanted = executors(target, event)
    return state.withLock { state in
      wanted.compactMap { state.places[$0].process } + (includesDriver(target) ? [state.driver].compactMap(\.self) : [])
    }
  }

  func hosts(of target: FaultTarget, _ event: ClusterEvent) -> [SimulatedHost] {
    var numbers: [Int] = []
    for index in executors(target, event) where !numbers.contains(plan.machine(of: index)) {
      numbers.append(plan.machine(of: index))
    }
    return numbers.map { machines[$0] } + (includesDriver(target) ? [driverHost] : [])
  }

  /// Who can be asked what it has: executors in service.
  var inspected: [(endpoint: Endpoint, role: PeerRole)] {
    let serving = state.withLock { state in state.places.indices.filter { state.places[$0].isServing } }
    return serving.map { (plan.addresses.blocks(of: $0, on: plan.machine(of: $0)), .executor) }
      + [(ClusterAddresses.driver, .driver)]
  }

  /// Where blocks are served, and by whom.
  var blockServices: [(endpoint: Endpoint, role: PeerRole)] {
    (0..<plan.shape.executorCount).flatMap { index -> [(Endpoint, PeerRole)] in
      let machine = plan.machine(of: index)
      return [
        (plan.addresses.blocks(of: index, on: machine), .executor), (plan.addresses.files(of: machine), .worker),
      ]
    }
  }

  private func endpoints(of target: FaultTarget, _ event: ClusterEvent) -> [Endpoint] {
    executors(target, event).flatMap { index in
      let machine = plan.machine(of: index)
      return [plan.addresses.blocks(of: index, on: machine), plan.addresses.files(of: machine)]
    } + (includesDriver(target) ? [ClusterAddresses.driver] : [])
  }
}
