internal import FlintCore
internal import FlintSimulation

extension SimulationJob {
  /// Connections under every fault that the network and the processes know.
  static let transport = SimulationJob(
    name: "transport",
    summary: "connections lose no answer and deliver nothing twice, under faults of network and processes",
    plantedBugs: Dictionary(uniqueKeysWithValues: TransportBug.allCases.map { ($0.rawValue, $0.effect) }),
    timeLimit: .seconds(900),
    mustFire: [
      "network.lost", "network.duplicated", "network.reordered", "network.corrupted", "network.held", "network.reset",
      "network.refused", "network.half-open", "fault.kill", "fault.crash", "fault.pause", "fault.partition",
      "fault.one-way", "fault.clog", "fault.cut-at-byte", "transport.repeated", "transport.cancelled", "transport.late",
      "transport.block-fetched", "close.frame", "close.silent", "close.peer-finished", "close.lost", "close.left",
    ]
  ) { simulation in
    try await TransportScenario(simulation).run()
  }
}

/// Bugs that the scenario can be given, to prove that it would find them. Each takes one protection away, in front of the
/// connections or behind them.
enum TransportBug: String, CaseIterable {
  case ignoreOrder = "ignore-order"
  case ignoreChecksums = "ignore-checksums"
  case repeatLaunches = "repeat-launches"
  case forgetRepeats = "forget-repeats"
  case swallowAnswers = "swallow-answers"

  var effect: String {
    switch self {
    case .ignoreOrder: "frames that the network doubled, lost or moved are taken as they come"
    case .ignoreChecksums: "frames that the network damaged are taken as they come"
    case .repeatLaunches: "a message that may not be repeated is sent again when its connection was lost"
    case .forgetRepeats: "a handler does not recognise what it has been told before"
    case .swallowAnswers: "some requests are never answered, and nobody gives them up"
    }
  }
}
