internal import FlintChaos
internal import FlintCore
internal import Scenarios
internal import SchedulingModel

/// Where each scenario runs: with the deciders alone, in simulation, in real processes; and why it does not run elsewhere.
enum ScenarioWorlds {
  /// Those of whose faults the deciders can tell.
  static let onMachines = Scenarios.all.filter { $0.strangeToMachines == nil }

  /// A line for each scenario, and one that counts.
  static var lines: [String] {
    let all = Scenarios.all
    let simulated = all.count { $0.worlds.contains(.simulated) }
    let processes = all.count { $0.worlds.contains(.processes) }
    return all.map(line)
      + [
        "\(all.count) scenarios: \(onMachines.count) on the machines alone, \(simulated) in simulation, \(processes) in real processes"
      ]
  }

  private static func line(_ scenario: Scenario) -> String {
    var reasons: [String] = []
    if let reason = scenario.strangeToMachines { reasons.append("not on machines: \(reason)") }
    if !scenario.worlds.contains(.simulated) { reasons.append("not in simulation: nobody says why") }
    if !scenario.worlds.contains(.processes) { reasons.append("not in processes: \(strangeToProcesses(scenario))") }
    return "\(scenario.name): \(reasons.isEmpty ? "everywhere" : reasons.joined(separator: "; "))"
  }

  /// Why real processes cannot show a scenario that says that they do not.
  private static func strangeToProcesses(_ scenario: Scenario) -> String {
    for fault in scenario.faults {
      switch fault.fault {
      case .losePower: return "no machine can lose the power of one process alone"
      case .killRepeatedly: return "a supervisor knows a process when it is in service, and not at its start"
      case .replaceDriver: return "each driver has an address of its own there"
      case .loseNames: return "processes of one machine need no names"
      case .jumpWallClock: return "the wall clock is the whole machine's"
      case .lateTimers: return "nobody can delay a process's timers and nothing else of it"
      case .impersonate: return "whoever is let in as an executor there is one"
      case .kill, .killAtCall, .terminate, .pause, .killBlockService, .partition, .cut, .halfOpen, .breakStreams,
        .harmFrames, .singleBytes, .slowLinks, .fullDisk, .failingDisk, .slowDisk, .flipBit, .removeFiles,
        .misplaceFiles, .cancelJob, .strangeBytes, .heal:
        continue
      }
    }
    return scenario.cluster.reportsExits
      ? "it takes one order of messages of many, which a seed finds"
      : "whoever started a process there tells of its end"
  }
}
