internal import FlintSimulation

SimulationCommand(
  jobs: [
    .register, .seams, .streams, .machines, .orders, .transport, .blocks, .blockFaults, .blockStore, .wordCount,
  ] + SimulationJob.traps
).main()
