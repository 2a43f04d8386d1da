internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams, .blocks, .blockFaults] + SimulationJob.traps).main()
