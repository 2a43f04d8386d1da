internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams] + SimulationJob.traps).main()
