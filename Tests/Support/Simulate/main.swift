internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams, .machines, .orders] + SimulationJob.traps).main()
