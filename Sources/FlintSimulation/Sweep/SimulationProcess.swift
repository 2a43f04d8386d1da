internal import CFlintSimulation
public import FlintCore

/// Turns this process into a simulation and nothing else, for the rest of its life.
public enum SimulationProcess {
  /// Call first in `main`, before anything hashes: starts the process once more when its hashing is not deterministic.
  public static func makeDeterministic() {
    simulation_guard_make_deterministic(CommandLine.unsafeArgv)
  }

  /// Replaces Swift's executors and seals the process off from the real world. Must come before the first task.
  ///
  /// `allowsSwiftClocks` lets code read Swift's own clocks, which then show virtual time; otherwise that is an escape.
  /// Throws `unsupported-platform` where the kernel cannot seal a process.
  public static func enter(allowsSwiftClocks: Bool = false) throws(FlintError) {
    print("simulating in virtual time; the real world is sealed off")
    simulation_guard_enter_home_thread()
    simulation_guard_allow_clocks(allowsSwiftClocks)
    installSimulatedExecutors()
    let error = simulation_guard_seal()
    guard error == 0 else {
      throw FlintError(
        .unsupportedPlatform, "cannot seal the process off from the real world",
        why: "the kernel refused a seccomp filter (errno \(error))")
    }
  }
}

extension SimulationJob {
  /// Runs the job once. The process must have entered the simulation.
  public func run(seed: UInt64, plantedBug: String? = nil) -> SimulationOutcome {
    SimulationRun(self, seed: seed, plantedBug: plantedBug).run()
  }
}
