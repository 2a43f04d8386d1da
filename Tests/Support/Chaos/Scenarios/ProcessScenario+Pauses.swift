import FlintCore
import FlintSupervisor

extension ProcessScenario {
  static let pauses = [
    ProcessScenario(
      "zombie", [13, 40], "an executor stands still until it is lost, then goes on: it changes nothing and ends"
    ) { arena in
      let sums = try await arena.sums(gate: "--map-gate")
      let started = try await sums.log.wait(for: "taskStarted", count: 2)
      let victim = try await sums.application.executor(of: started[0])
      try await arena.stop(victim)
      _ = try await arena.lost(victim, of: sums.application)
      victim.resume()
      try await arena.wait("the zombie ends") { !victim.isAlive }
      try await arena.succeed(sums, lost: 1)
    },
    ProcessScenario("short-stop", [14], "an executor stands still for a second: nothing is computed again") { arena in
      let sums = try await arena.sums(gate: "--reduce-gate", settings: [Arena.memory])
      let (victim, _) = try await arena.victimBetweenStages(sums)
      try await arena.stop(victim)
      try await arena.context.time.sleep(for: .seconds(1))
      victim.resume()
      try await arena.succeed(sums)
    },
  ]
}
