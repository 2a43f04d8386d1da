internal import FlintCore
internal import FlintSimulation

private let jobs: [SimulationJob] = [
  .swarm, .scenarios, .register, .seams, .streams, .machines, .scenarioMachines, .scenarioPlans, .orders, .transport,
  .blocks, .blockFaults, .blockStore, .wordCount, .taxiRevenue,
]

private let grounds: [BugHunt.Ground] = [
  .init(.scenarios, 0..<1000), .init(.swarm, 0..<2000), .init(.machines, 0..<20000),
  .init(.scenarioMachines, 0..<8000), .init(.register, 0..<1000), .init(.transport, 0..<1000), .init(.blocks, 0..<1000),
]

if Array(CommandLine.arguments.dropFirst()) == ["--worlds"] {
  for line in ScenarioWorlds.lines { print(line) }
} else {
  SimulationCommand(jobs: jobs + SimulationJob.traps + SimulationJob.eachScenario, hunting: grounds).main()
}
