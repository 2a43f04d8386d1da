internal import FlintCore
internal import FlintSimulation
internal import SeamContract

extension SimulationJob {
  /// The contract that real and simulated seams share, on the simulated side.
  static let seams = SimulationJob(
    name: "seams", summary: "the simulated seams keep the contract of the real ones", timeLimit: .seconds(600)
  ) { simulation in
    simulation.addProgram("/bin/false") { _, _ in 1 }
    simulation.addProgram("/bin/cat") { _, start in
      for await bytes in start.input { start.write(bytes) }
      return 0
    }
    simulation.addProgram("/bin/sleep") { context, start in
      try await context.time.sleep(for: .seconds(Int(start.arguments.first ?? "") ?? 0))
      return 0
    }
    var conditions = LinkConditions()
    conditions.cutting = .anywhere
    simulation.network.conditions = conditions
    for (index, check) in SeamContract.checks.enumerated() {
      let host = simulation.addHost("host\(index)")
      let process = host.start(check.name) { context, _ in
        try await context.files.createDirectory("/work")
        try await check.run(SeamContract(context: context, directory: "/work"))
        return 0
      }
      let exit = try await process.waitForExit()
      try simulation.require(exit.isSuccess, "\(check.name): \(process.lastError ?? "\(exit)")")
    }
  }
}
