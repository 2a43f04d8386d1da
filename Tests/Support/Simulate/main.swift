internal import FlintSimulation

SimulationCommand(jobs: [.register, .seams]).main()
