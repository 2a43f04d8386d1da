internal import FlintCore
internal import FlintSimulation
internal import FlintStorage

/// One node whose process lives several times, and a disk that is harmed between its lives and during them. At the end
/// the disk is sound again, and everything must work and nothing be left over.
struct BlocksScenario {
  private enum Fault: CaseIterable { case crash, kill, failingCall, fullDisk, bitFlip, swap, loss }

  private let simulation: Simulation
  private let host: SimulatedHost
  private let oracle = BlockOracle()

  init(_ simulation: Simulation) {
    self.simulation = simulation
    host = simulation.addHost("node")
  }

  func run() async throws {
    for _ in 0..<4 + simulation.choose(below: 5) {
      let process = start()
      try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(1)...(.milliseconds(150))))
      try await inject(Fault.allCases[simulation.choose(below: Fault.allCases.count)], process)
      try requireSound(process)
    }
    host.disk.repair()
    try await requireEnd("a last life") { workload, _ in try await workload.run(steps: 10) }
    try await requireEnd("the end") { workload, context in try await Self.cleanUp(workload, context) }
    try simulation.require(host.disk.files.isEmpty, "left over: \(host.disk.files)")
  }

  private func start() -> SimulatedProcess {
    host.start("blocks") { [workload] context, _ in
      try await workload(context).run(steps: 25)
      return 0
    }
  }

  private func workload(_ context: NodeContext) -> BlocksWorkload {
    BlocksWorkload(context: careless(context), oracle: oracle, simulation: simulation)
  }

  private func careless(_ context: NodeContext) -> NodeContext {
    guard let bug = simulation.plantedBug.flatMap(CarelessFiles.Bug.init(rawValue:)) else { return context }
    return NodeContext(
      name: context.name, network: context.network, files: CarelessFiles(files: context.files, bug: bug),
      time: context.time, randomness: context.randomness, executors: context.executors, processes: context.processes,
      log: context.log)
  }

  // MARK: Faults

  private func inject(_ fault: Fault, _ process: SimulatedProcess) async throws {
    let disk = host.disk
    switch fault {
    case .crash:
      // Most moments find the disk at rest: wait for one at which a crash loses something.
      _ = try await simulation.reaches(within: .milliseconds(200)) { disk.hasUnsyncedChanges }
      simulation.probe("fault.crash")
      host.crash()
      oracle.crash()
    case .kill:
      simulation.probe("fault.kill")
      process.kill()
    case .failingCall:
      disk.order(
        .init(
          simulation.choose(below: 2) == 0 ? .inputOutput : .diskFull, atCall: 1 + simulation.choose(below: 30),
          stays: simulation.choose(below: 4) == 0))
      _ = try await process.waitForExit()
      disk.repair()
    case .fullDisk:
      simulation.probe("fault.full-disk")
      disk.faults.capacity = .kibibytes(Int64(simulation.choose(below: 300)))
      _ = try await process.waitForExit()
      disk.repair()
    case .bitFlip, .swap, .loss:
      process.kill()
      try await harm(fault)
    }
  }

  /// Harms blocks while nobody uses them.
  private func harm(_ fault: Fault) async throws {
    let paths = blockPaths()
    guard let (id, path) = pick(paths) else { return }
    switch fault {
    case .bitFlip:
      let size = host.disk.bytes(of: path)?.count ?? 0
      guard size > 0 else { return }
      host.disk.flipBit(of: path, atByte: simulation.choose(below: size), bit: simulation.choose(below: 8))
      oracle.damage(id, .flipped)
    case .swap:
      guard let (other, second) = pick(paths.filter { $0.id != id }) else { return }
      try await requireEnd("a swap") { _, context in try await context.files.exchange(path, with: second) }
      oracle.damage(id, .swapped)
      oracle.damage(other, .swapped)
    default:
      try await requireEnd("a loss") { _, context in try await context.files.remove(path) }
      oracle.lose(id)
    }
  }

  private func blockPaths() -> [(id: BlockID, path: FilePath)] {
    let present = Set(host.disk.files)
    return BlocksWorkload.allBlocks.map {
      ($0, DiskStore.path(of: $0, of: BlocksWorkload.application, in: BlocksWorkload.directory))
    }.filter { present.contains($0.1) }
  }

  private func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[simulation.choose(below: elements.count)]
  }

  // MARK: Ends

  private func requireSound(_ process: SimulatedProcess) throws {
    let error = process.lastError
    // Who was cut off mid-way was cancelled, which is no violation.
    try simulation.require(error == nil || error == "CancellationError()", error ?? "")
  }

  private func requireEnd(
    _ name: String, _ body: @escaping @Sendable (BlocksWorkload, NodeContext) async throws -> Void
  ) async throws {
    let process = host.start(name) { [workload] context, _ in
      try await body(workload(context), context)
      return 0
    }
    let exit = try await process.waitForExit()
    try simulation.require(exit.isSuccess, "\(name): \(process.lastError ?? "\(exit)")")
  }

  /// Reads everything, replaces everything, and sweeps it away.
  private static func cleanUp(_ workload: BlocksWorkload, _ context: NodeContext) async throws {
    let store = try await DiskStore(
      of: BlocksWorkload.application, in: BlocksWorkload.directory, context: workload.context)
    try await store.removeUnfinished()
    for id in BlocksWorkload.allBlocks {
      try await workload.read(id, store)
      try await workload.write(id, store)
      try await workload.read(id, store)
    }
    let listed = try await store.blocks()
    guard Set(listed) == Set(BlocksWorkload.allBlocks), listed.count == BlocksWorkload.allBlocks.count else {
      throw BlockOracle.Violation(description: "the store lists \(listed)")
    }
    let directory = WorkDirectory(BlocksWorkload.directory, files: context.files)
    try await directory.sweep(keeping: [BlocksWorkload.application])
    guard try await store.blocks().count == listed.count else {
      throw BlockOracle.Violation(description: "the sweep took blocks of a living application")
    }
    try await directory.sweep(keeping: [])
  }
}
