package import FlintChaos

extension Scenario {
  /// Why the deciders alone cannot be tried with the scenario; nil when they can.
  package var strangeToMachines: String? {
    if let reason = faults.lazy.compactMap({ $0.fault.strangeToMachines }).first { return reason }
    if case .none = expectation.end { return "who dies is the driver, and the deciders with it" }
    if numbers.isEmpty { return "what it shows is how rows are read; nothing happens to the deciders" }
    if cluster.memory < ClusterShape().memory {
      return "how much memory rows take is nothing that the deciders hear of"
    }
    let triggers = faults.map(\.trigger) + expectation.events + expectation.absentEvents
    for trigger in triggers {
      guard ModelEvent.names.contains(trigger.event) else { return "the deciders know no event \(trigger.event)" }
      if let field = trigger.fields.first(where: { !ModelEvent.fieldNames.contains($0.name) }) {
        return "the deciders' events have no \(field.name)"
      }
    }
    return nil
  }
}

extension FlintChaos.Fault {
  /// Why the deciders cannot tell that it happens; nil when they can.
  fileprivate var strangeToMachines: String? {
    switch self {
    case .kill(.driver), .kill(.everybody), .killRepeatedly(.driver, _), .killRepeatedly(.everybody, _),
      .killAtCall(.driver, _, _, _), .killAtCall(.everybody, _, _, _), .terminate(.driver), .terminate(.everybody):
      "who dies is the driver, and the deciders with it"
    case .replaceDriver: "the next driver has deciders of its own, to whom executors of the first are strangers"
    case .killAtCall(_, .read, _, _), .killAtCall(_, .remove, _, _), .failingDisk(_, .remove, _),
      .failingDisk(_, .synchronize, _):
      "the deciders hear of no such call"
    case .singleBytes: "how a frame arrives is the connection's business; the message is the same"
    case .flipBit: "which byte was harmed is seen by whoever reads it"
    case .misplaceFiles: "which block a file has is seen by whoever reads it"
    case .jumpWallClock: "the deciders have no wall clock"
    case .strangeBytes, .impersonate: "who does not belong there is shown out before he comes to the deciders"
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .losePower, .killBlockService, .partition, .cut,
      .halfOpen, .breakStreams, .harmFrames, .loseNames, .slowLinks, .fullDisk, .failingDisk, .slowDisk, .removeFiles,
      .lateTimers, .cancelJob, .heal:
      nil
    }
  }
}
