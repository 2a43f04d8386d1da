internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams, .machines] + SimulationJob.traps).main()
