internal import FlintChaos
internal import FlintCore
internal import FlintSimulation

extension SimulatedCluster {
  /// How long blocks may stay after nobody can ask for them any more.
  private static let settlingTime: Duration = .seconds(30)

  /// I7: waits until the files of all blocks are gone, since nobody can ask for them any more. After a loss they may stay
  /// until the application's folder goes: who should remove them is gone.
  func settle() async {
    guard books.lostNobody, hasSoundDisks else { return }
    let isClean = try? await simulation.reaches(within: Self.settlingTime, every: Self.look) {
      blockFiles.isEmpty || !books.lostNobody
    }
    if isClean == false, let left = blockFiles.first {
      return fail("I7: \(left) is left \(Self.settlingTime) after the job, and nobody can ask for it")
    }
    if books.lostNobody { await Inspector(cluster: self).requireNothingHeld(within: Self.settlingTime) }
  }

  private var hasSoundDisks: Bool { strikes.allSatisfy { !$0.harmsFiles } }

  private var blockFiles: [FilePath] {
    // Those of a driver that was there before are its executors' to remove.
    let folder = ClusterAddresses.directory / "application.\(plan.addresses.application.rawValue)"
    return machines.flatMap { machine in machine.disk.files.filter { $0.string.hasPrefix(folder.string + "/") } }
  }
}
