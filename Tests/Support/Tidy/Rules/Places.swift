/// Where the laws hold, and which places are the exceptions that the architecture names.
enum Places {
  /// Code of the product, and the code under simulation, which must be as pure.
  static let product = ["Sources/", "Jobs/", "Tests/Support/ReplicatedRegister/", "Tests/Support/SeamContract/"]
  /// Everything that is written in Swift.
  static let all = ["Sources/", "Jobs/", "Tests/"]

  /// The real side of the seams.
  static let system = ["Sources/FlintSystem/"]
  /// The real side with the event loop.
  static let systemAndLoop = ["Sources/FlintSystem/", "Sources/FlintLibuv/"]
  /// Where a process starts and learns from its arguments and environment what it is.
  static let entryPoints = [
    "Sources/FlintSystem/", "Sources/FlintLaunch/", "Sources/FlintCommand/",
    "Sources/FlintSimulation/Sweep/SimulationCommand.swift", "Sources/FlintSimulation/Sweep/SimulationProcess.swift",
  ]
  /// The program that calls every forbidden thing on purpose, to see the simulation refuse it.
  static let canary = "Tests/Support/SimulationCanary/"

  /// The modules through which a Swift file reaches the functions of the C library.
  static let libraryModules: Set<String> = ["Glibc", "Musl", "Foundation", "FoundationEssentials", "CFlint"]
}
