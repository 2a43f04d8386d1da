internal import FlintSimulation

SimulationCommand(
  jobs: [.register, .seams, .streams, .machines, .transport] + SimulationJob.traps
).main()
