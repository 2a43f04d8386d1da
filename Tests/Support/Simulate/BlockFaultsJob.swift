internal import FlintCore
internal import FlintSimulation
internal import FlintStorage

extension SimulationJob {
  /// A failure at each call that writing and reading a block make, one after another.
  static let blockFaults = SimulationJob(
    name: "block-faults",
    summary: "an error at any call of a store leaves the old block, the new one, and nothing else",
    mustFire: ["disk.disk-full", "disk.input-output", "blocks.old-kept", "blocks.new-kept"]
  ) { simulation in
    for durability in BlockDurability.allCases {
      for code in [FlintError.Code.diskFull, .inputOutput] {
        for stays in [false, true] {
          try await BlockFaults(simulation, durability, code, stays).run()
        }
      }
    }
  }
}

/// One kind of failure at call 1, 2, 3 … until a write is done before it is reached.
private struct BlockFaults {
  private static let id = BlockID.cached(DatasetID(rawValue: 1), PartitionID(rawValue: 2))
  private static let old = [UInt8](repeating: 1, count: 100)
  private static let new = [UInt8](repeating: 2, count: 100_000)

  private let simulation: Simulation
  private let durability: BlockDurability
  private let code: FlintError.Code
  private let stays: Bool

  init(_ simulation: Simulation, _ durability: BlockDurability, _ code: FlintError.Code, _ stays: Bool) {
    self.simulation = simulation
    self.durability = durability
    self.code = code
    self.stays = stays
  }

  func run() async throws {
    var call = 1
    while try await !isUntouched(byFailureAt: call) { call += 1 }
    // Open, two or three writes and a rename at least, else nothing was swept.
    try simulation.require(call > 5, "a block is written with \(call - 1) calls")
  }

  /// Whether a write ends before the call at which the disk fails.
  private func isUntouched(byFailureAt call: Int) async throws -> Bool {
    let host = simulation.addHost("node-\(durability)-\(code.rawValue)-\(stays)-\(call)")
    let (simulation, durability, code, stays) = (simulation, durability, code, stays)
    let process = host.start("writer") { context, _ in
      let store = try await DiskStore(of: ApplicationID(rawValue: 1), in: "/work", context: context)
      try await store.write(Self.id, Self.old, durability: durability)
      host.disk.order(.init(code, atCall: call, stays: stays))
      var hasThrown = false
      do { try await store.write(Self.id, Self.new, durability: durability) } catch { hasThrown = true }
      host.disk.repair()
      let names = try await context.files.list(store.directory)
      // When every call fails, the removal does too.
      guard names.count == 1 || (stays && hasThrown) else { throw Self.violation("left over: \(names)") }
      try await store.removeUnfinished()
      let found = try await store.read(Self.id)
      guard found == Self.new || (hasThrown && found == Self.old) else {
        throw Self.violation("\(found.count) bytes of \(found.first ?? 0) after call \(call)")
      }
      if hasThrown { simulation.probe(found == Self.new ? "blocks.new-kept" : "blocks.old-kept") }
      try await Self.readThrough(host.disk, store, code, found)
      let left = try await context.files.list(store.directory)
      guard left.count == 1 else { throw Self.violation("left over: \(left)") }
      return hasThrown ? 0 : 3
    }
    let exit = try await process.waitForExit()
    try simulation.require(
      exit == .exited(0) || exit == .exited(3), "\(host.name): \(process.lastError ?? "\(exit)")")
    return exit == .exited(3)
  }

  /// A failure at each call of a reader gives an error or the right bytes.
  private static func readThrough(
    _ disk: SimulatedDisk, _ store: DiskStore, _ code: FlintError.Code, _ expected: [UInt8]
  ) async throws {
    for call in 1...8 {
      disk.order(.init(code, atCall: call))
      if let bytes = try? await store.read(id), bytes != expected { throw violation("read \(bytes.count) other bytes") }
      disk.repair()
    }
  }

  private static func violation(_ what: String) -> FlintError { FlintError(.simulationFailed, what) }
}
