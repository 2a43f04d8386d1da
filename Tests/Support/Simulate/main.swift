internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams, .streams, .blocks, .blockFaults, .blockStore] + SimulationJob.traps).main()
