package import FlintChaos
internal import FlintCore
package import FlintSimulation

/// Two to five random faults at random events.
package struct FaultChance {
  private let simulation: Simulation
  private let executorCount: Int

  package init(_ simulation: Simulation, executorCount: Int) {
    self.simulation = simulation
    self.executorCount = executorCount
  }

  package func faults() -> [PlannedFault] {
    (0..<2 + simulation.choose(below: 4)).map { _ in PlannedFault(fault(), trigger()) }
  }

  /// The kinds of fault that it chooses from, by their names.
  package static let names: [String] =
    [
      "kill", "killRepeatedly", "terminate", "pause", "losePower", "killBlockService", "partition", "cut", "halfOpen",
      "breakStreams", "singleBytes", "slowLinks", "fullDisk", "slowDisk", "removeFiles", "misplaceFiles",
      "jumpWallClock", "lateTimers", "cancelJob", "strangeBytes", "heal",
      "impersonate", "loseNames",
    ] + Fault.FrameHarm.allCases.map { "harmFrames.\($0.rawValue)" }
    + Fault.DiskCall.allCases.map { "failingDisk.\($0.rawValue)" }
    + Fault.FilePlace.allCases.map { "flipBit.\($0.rawValue)" }

  private func trigger() -> Trigger {
    let events: [(String, Int)] = [
      ("taskStarted", 12), ("taskEnded", 12), ("mapOutputRegistered", 8), ("stageSubmitted", 4),
      ("executorAdded", executorCount), ("jobStarted", 2), ("taskStarted", 4), ("taskCommitted", 3),
      ("executorLost", 1), ("jobEnded", 1),
    ]
    let (event, most) = events[simulation.choose(below: events.count)]
    return .after(event, count: 1 + simulation.choose(below: most))
  }

  private func executor() -> FaultTarget {
    switch simulation.choose(below: 6) {
    case 0: .namedExecutor
    case 1: .otherExecutor
    case 2: .everyExecutor
    default: .executor(simulation.choose(below: executorCount))
    }
  }

  /// Both ends of a link: mostly driver and executor, sometimes two executors.
  private func link() -> (FaultTarget, FaultTarget) {
    let near = executor()
    return simulation.choose(below: 3) == 0 ? (near, .everyExecutor) : (near, .driver)
  }

  private func time(upTo bound: Duration) -> Duration { simulation.choose(in: .milliseconds(1)...bound) }

  private func fault() -> Fault {
    switch simulation.choose(below: 3) {
    case 0: processFault()
    case 1: networkFault()
    default: diskFault()
    }
  }

  private func processFault() -> Fault {
    switch simulation.choose(below: 13) {
    case 0, 1: .kill(executor())
    case 2: .killRepeatedly(executor(), times: 1 + simulation.choose(below: 4))
    case 3: .terminate(executor())
    case 4, 5: .pause(simulation.choose(below: 4) == 0 ? .driver : executor(), for: time(upTo: .seconds(9)))
    case 6: .losePower(executor())
    case 7: .killBlockService(executor())
    case 8: .jumpWallClock(.everybody, by: .seconds(simulation.choose(below: 2) == 0 ? 3600 : -3600))
    case 9: .lateTimers(executor(), upTo: .seconds(10), for: time(upTo: .seconds(30)))
    case 10: simulation.choose(below: 3) == 0 ? .cancelJob : .heal
    case 11: .impersonate(executor())
    default:
      .strangeBytes(
        simulation.choose(below: 2) == 0 ? .driver : executor(), byteCount: 1 + simulation.choose(below: 300))
    }
  }

  private func networkFault() -> Fault {
    let (near, far) = link()
    switch simulation.choose(below: 9) {
    case 0: return .partition(near, from: far, for: time(upTo: .seconds(40)))
    case 1:
      let isOutward = simulation.choose(below: 2) == 0
      return .cut(from: isOutward ? near : far, to: isOutward ? far : near, for: time(upTo: .seconds(40)))
    case 2: return .halfOpen(near, far)
    case 3: return .breakStreams(near, far, afterBytes: simulation.choose(below: 400))
    case 4, 5:
      let harm = Fault.FrameHarm.allCases[simulation.choose(below: Fault.FrameHarm.allCases.count)]
      return .harmFrames(harm, permille: 1 + simulation.choose(below: 30), for: time(upTo: .seconds(20)))
    case 6: return .loseNames(simulation.choose(below: 2) == 0 ? .driver : near, for: time(upTo: .seconds(20)))
    case 7: return .singleBytes(for: time(upTo: .milliseconds(200)))
    default: return .slowLinks(upTo: time(upTo: .seconds(2)), for: time(upTo: .seconds(20)))
    }
  }

  private func diskFault() -> Fault {
    let target = executor()
    switch simulation.choose(below: 7) {
    case 0:
      return .fullDisk(target, atWrite: 1 + simulation.choose(below: 8), stays: simulation.choose(below: 3) == 0)
    case 1, 2:
      let call = Fault.DiskCall.allCases[simulation.choose(below: Fault.DiskCall.allCases.count)]
      return .failingDisk(target, call, atCall: 1 + simulation.choose(below: 8))
    case 3: return .slowDisk(target, upTo: time(upTo: .seconds(1)), for: time(upTo: .seconds(20)))
    case 4: return .flipBit(target, Fault.FilePlace.allCases[simulation.choose(below: Fault.FilePlace.allCases.count)])
    case 5: return .removeFiles(target)
    default: return .misplaceFiles(target)
    }
  }
}
