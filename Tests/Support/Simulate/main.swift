internal import FlintSimulation

SimulationCommand(
  jobs: [
    .swarm, .scenarios, .register, .seams, .streams, .machines, .orders, .transport, .blocks, .blockFaults, .blockStore,
    .wordCount, .taxiRevenue,
  ] + SimulationJob.traps + SimulationJob.eachScenario,
  hunting: [
    .init(.scenarios, 0..<1000), .init(.swarm, 0..<2000), .init(.machines, 0..<20000), .init(.register, 0..<1000),
    .init(.transport, 0..<1000), .init(.blocks, 0..<1000),
  ]
).main()
