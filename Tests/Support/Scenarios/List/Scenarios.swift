package import FlintChaos

/// Every scenario, in the order of the faults' table.
package enum Scenarios {
  package static let all: [Scenario] = processes + pauses + network + storage + semantics + resources

  /// The scenario of this name; nil when there is none.
  package static func named(_ name: String) -> Scenario? { all.first { $0.name == name } }

  /// Faults of the table that no scenario here covers, by number, with the reason: the one list of what is not tested yet.
  package static let uncovered: [(number: Int, reason: String)] = [
    (29, "descriptors and ports that run out are the kernel's: real processes only"),
    (43, "no dataset asks for a gang yet; its deciders are tested by the model of the scheduler"),
  ]

  /// Outputs of map tasks as files on their node.
  static let files = ["flint.shuffle.memory.limit": "0"]
  /// Outputs of map tasks in the memory of their executor.
  static let memory = ["flint.shuffle.memory.limit": "1g"]
  /// Without word of the end of processes: connections and heartbeats have to tell.
  static let untold = ClusterShape(reportsExits: false)
  static let three = ClusterShape(executorCount: 3)

  /// The last map output of jobs with four map tasks.
  static let mapsAreDone = Trigger.after("mapOutputRegistered", count: 4)
  static let firstTask = Trigger.after("taskStarted")
  static let loss = Trigger.after("executorLost")
  static let fetchFailure = Trigger.after("fetchFailed")
}
