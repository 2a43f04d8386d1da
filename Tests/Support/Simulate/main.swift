internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams] + SimulationJob.traps).main()
