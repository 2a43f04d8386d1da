package import FlintChaos

/// Every scenario, in the order of the faults' table.
package enum Scenarios {
  package static let all: [Scenario] = processes + pauses + network + storage + semantics + resources

  /// The scenario of this name; nil when there is none.
  package static func named(_ name: String) -> Scenario? { all.first { $0.name == name } }

  /// Faults of the table that no scenario here covers, by number, with the reason: the one list of what is not tested yet.
  package static let uncovered: [(number: Int, reason: String)] = [
    (9, "a task that never comes to a batch's end needs a thread of its own: real processes only"),
    (11, "no driver is started again by anybody yet: that comes with the standing cluster"),
    (29, "descriptors and ports that run out are the kernel's: real processes only"),
    (30, "names are resolved by the machine: real processes only"),
    (43, "no dataset asks for a gang yet; its deciders are tested by the model of the scheduler"),
    (48, "peers that reach too far are cut off by the table of messages: the tests of transport go through its cells"),
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
