internal import FlintSimulation

SimulationCommand(
  jobs: [
    .swarm, .scenarios, .register, .seams, .streams, .machines, .orders, .transport, .blocks, .blockFaults, .blockStore,
    .wordCount,
  ] + SimulationJob.traps + SimulationJob.eachScenario
).main()
