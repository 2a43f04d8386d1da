internal import FlintSimulation

SimulationCommand(
  jobs: [.register, .seams, .streams, .machines, .transport, .blocks, .blockFaults, .blockStore] + SimulationJob.traps
).main()
