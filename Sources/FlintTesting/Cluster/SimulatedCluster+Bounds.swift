internal import FlintChaos
internal import FlintSimulation

extension SimulatedCluster {
  /// I8: fails the run when a process had more open at once than its work needs.
  func requireBounds(of process: SimulatedProcess) {
    let bounds = ClusterBounds(plan.shape, machineCount: plan.machineCount)
    if let excess = bounds.excess(of: process.peaks) { fail("I8: \(process.name) had \(excess)") }
  }
}
