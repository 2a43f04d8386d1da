internal import FlintCore
internal import FlintDatasets
internal import FlintDriver
internal import FlintLaunch
internal import FlintLineage
internal import FlintStorage
internal import FlintTransport

/// The driver's process: it runs two jobs and holds their answers against dictionaries.
enum WordCountDriver {
  static func run(_ lines: [String], executorCount: Int, limits: Limits = Limits(), _ context: NodeContext) async throws
  {
    let memory = MemoryBudget(limit: .mebibytes(64))
    let transport = Transport(
      context: context, local: SimulatedCluster.introduction(.driver, context), limits: limits)
    let cluster = SimulatedCluster(
      executorCount: executorCount, client: BlockClient(transport, budget: memory, context: context), context: context)
    let node = DriverNode(
      context: context, application: SimulatedCluster.application, limits: limits,
      options: DriverOptions(name: "WordCount"), provider: cluster)
    let broadcasts = BroadcastStore(context: context, limits: limits)
    let service = BlockService([broadcasts], budget: memory, context: context, limits: limits)
    let door = DriverDoor(node, serving: service, nodeOf: SimulatedCluster.node) { _ in }
    let listener = try await door.open(transport, at: SimulatedCluster.driver)
    let start = context.time.now
    let runtime = DriverRuntime(
      node, configuration: try Configuration(registry: .flint), defaultParallelism: 2 * executorCount,
      broadcasts: broadcasts
    ) {}
    var failure: (any Error)?
    do {
      try await count(lines, Session(over: runtime))
    } catch {
      failure = error
    }
    _ = await node.stop(failure == nil ? .succeeded : .failed, since: start)
    listener.close()
    await transport.shutdown(within: .seconds(5))
    if let failure { throw failure }
  }

  private static func count(_ lines: [String], _ session: Session) async throws {
    let words = session.parallelize(lines, partitions: 5).flatMap { $0.split(separator: " ").map(String.init) }
    // Kept twice, and read by both jobs.
    let counts = words.map { ($0, 1) }.reduceByKey(+).persist(.memoryAndDisk2)
    let expected = lines.reduce(into: [String: Int]()) { counts, line in
      for word in line.split(separator: " ") { counts[String(word), default: 0] += 1 }
    }
    let found = try await counts.collect()
    try require(found.count == expected.count, "\(found.count) words instead of \(expected.count)")
    for (word, count) in found {
      try require(expected[word] == count, "\(word) was counted \(count) times, not \(expected[word] ?? 0)")
    }
    let lengths = session.parallelize(expected.keys.sorted(), partitions: 3).map { ($0, $0.utf8.count) }
    let joined = try await counts.join(lengths).collect()
    try require(joined.count == expected.count, "\(joined.count) words were joined instead of \(expected.count)")
    for (word, both) in joined {
      try require(both.0 == expected[word] && both.1 == word.utf8.count, "\(word) was joined to \(both)")
    }
  }

  private static func require(_ condition: Bool, _ what: String) throws {
    guard condition else { throw FlintError(.simulationFailed, what) }
  }
}
