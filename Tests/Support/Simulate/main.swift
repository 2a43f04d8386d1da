internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams, .transport] + SimulationJob.traps).main()
