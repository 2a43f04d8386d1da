internal import FlintSimulation

SimulationCommand(jobs: [.register]).main()
