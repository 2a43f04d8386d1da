internal import CFlintSimulation
internal import FlintCore
internal import Glibc

/// The command line of a program that runs simulations.
///
/// The program must be one of its own: the simulation replaces Swift's executors and forbids the real world for the rest
/// of the process's life.
public struct SimulationCommand {
  private let jobs: [SimulationJob]
  private let grounds: [BugHunt.Ground]

  /// A command line that offers `jobs`, and looks for their planted bugs on `grounds`.
  public init(jobs: [SimulationJob], hunting grounds: [BugHunt.Ground] = []) {
    self.jobs = jobs
    self.grounds = grounds
  }

  /// Runs what this process's arguments ask for and ends it.
  public func main() -> Never {
    SimulationProcess.makeDeterministic()
    let code = run(Array(CommandLine.arguments.dropFirst()))
    // A sweep whose report was lost, on a full disk say, has shown nothing.
    exit(simulation_guard_report_is_written() ? code : 2)
  }

  /// Runs what `arguments` (without the program's name) ask for; returns the exit code: 0 when all seeds passed, 1 when
  /// one failed, 2 for arguments that make no sense, 86 when something escaped from the simulation.
  func run(_ arguments: [String]) -> Int32 {
    let options: SimulationOptions
    do {
      options = try SimulationOptions(arguments, jobs: jobs, hunted: grounds.map(\.job))
    } catch {
      print("\(error.what)\n\(SimulationOptions.usage)")
      return 2
    }
    guard options.job != nil || options.hunts else {
      listJobs()
      return 0
    }
    do {
      try SimulationProcess.enter()
    } catch {
      print("\(error.what): \(error.why ?? "")")
      return 2
    }
    guard let job = options.job else {
      return BugHunt(grounds) { print($0) }.run(only: options.plantedBug) ? 0 : 1
    }
    let sweep = SeedSweep(
      job, seeds: options.seeds, plantedBug: options.plantedBug, without: options.without,
      endsAtFailure: options.endsAtFailure, commit: getenv("SIMULATION_COMMIT").map { String(cString: $0) }
    ) { print($0) }
    let passed = options.replays ? sweep.replay(options.seeds.lowerBound) : sweep.run()
    return passed ? 0 : 1
  }

  private func listJobs() {
    for job in jobs {
      print("\(job.name): \(job.summary)")
      for (bug, effect) in job.plantedBugs.sorted(by: { $0.key < $1.key }) { print("  --bug \(bug): \(effect)") }
    }
  }
}
