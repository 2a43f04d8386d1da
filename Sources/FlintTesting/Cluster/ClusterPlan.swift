package import FlintChaos
package import FlintCore

/// What a simulated cluster is made of.
package struct ClusterPlan: Sendable {
  /// Executors, their threads and memory.
  package var shape: ClusterShape
  /// How many executors share a machine, and with it a disk and a block service.
  package var executorsPerMachine = 1
  /// Settings of the product, by key.
  package var settings: [String: String]
  /// The limits of driver and executors.
  package var limits: Limits
  /// Whether slow tasks get a second try.
  package var speculates = false
  /// Whether its limits are such that jobs may fail on sound machines.
  package var isTight = false
  /// How long after its end an executor's next life begins.
  package var restartDelay: Duration = .milliseconds(20)
  /// Who is where.
  var addresses = ClusterAddresses()

  package init(_ shape: ClusterShape = ClusterShape(), settings: [String: String] = [:], limits: Limits = Limits()) {
    self.shape = shape
    self.settings = settings
    self.limits = limits
  }

  var machineCount: Int { (shape.executorCount + executorsPerMachine - 1) / executorsPerMachine }

  func machine(of executor: Int) -> Int { executor / executorsPerMachine }
}
