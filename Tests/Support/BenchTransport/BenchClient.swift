import FlintCore
import FlintLibuv
import FlintTransport
import FlintWire

/// Starts a server, works against it, and prints the figures. It lives on the control loop, as a scheduler does.
actor BenchClient {
  private let context: NodeContext
  private let plan: BenchPlan
  private let connection: Connection
  private var latencies: [Int64] = []
  private var whenDone: CheckedContinuation<Void, any Error>?
  private var asked = 0
  private var answeredCount = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private init(_ plan: BenchPlan, _ connection: Connection, _ context: NodeContext) {
    self.plan = plan
    self.connection = connection
    self.context = context
  }

  static func run(_ plan: BenchPlan) async throws {
    let bench = try BenchNode(.driver, plan)
    let context = bench.node.context
    let (server, endpoint) = try await startServer(plan, context)
    let isBlocks = plan.work == .blocks || plan.work == .files
    let connection = try await bench.transport.connect(
      to: endpoint, expecting: .executor, channel: isBlocks ? .blocks : .control
    ) { _, _ in
      ConnectionHandler { _, _, _ in }
    }
    let client = BenchClient(plan, connection, context)
    let figures = try await Task(executorPreference: context.executors.control) { try await client.work() }.value
    print(figures)
    await bench.shutdown()
    let exit = try await server.exit()
    guard exit == .exited(0) else { throw FlintError(.userCode, "the server ended with \(exit)") }
  }

  private static func startServer(
    _ plan: BenchPlan, _ context: NodeContext
  ) async throws -> (any LaunchedProcess, Endpoint) {
    let server = try await context.processes.launch(
      ProcessCommand("/proc/self/exe", ["serve", plan.name], output: .piped))
    var text = ""
    for try await chunk in server.output {
      text += String(decoding: chunk, as: UTF8.self)
      if text.hasSuffix("\n") { break }
    }
    guard text.hasPrefix("port="), let port = UInt16(text.dropFirst(5).dropLast()) else {
      throw FlintError(.userCode, "the server said \"\(text)\"")
    }
    return (server, .tcp(host: "127.0.0.1", port: port))
  }

  // MARK: Work

  private func work() async throws -> String {
    let start = context.time.now
    switch plan.work {
    case .requests: try await callBack()
    case .awaitedRequests: try await atOnce { try await $0.ask() }
    case .oneWay: try await pour()
    case .blocks, .files: try await atOnce { try await $0.fetch() }
    }
    let seconds = Double(start.duration(to: context.time.now).nanoseconds) / 1e9
    var figures = "units=\(plan.count) rate=\(Int(Double(plan.count) / seconds))"
    if plan.outstanding == 1 {
      latencies.sort()
      figures += " p50=\(latencies[plan.count / 2]) p99=\(latencies[plan.count * 99 / 100])"
    }
    return figures
  }

  /// As many Swift tasks as there may be requests at once, each one request after another.
  private func atOnce(_ unit: @escaping @Sendable (isolated BenchClient) async throws -> Void) async throws {
    let share = plan.count / plan.outstanding
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<plan.outstanding {
        group.addTask { try await self.repeating(share, unit) }
      }
      try await group.waitForAll()
    }
  }

  private func repeating(_ count: Int, _ unit: (isolated BenchClient) async throws -> Void) async throws {
    for _ in 0..<count { try await unit(self) }
  }

  /// Requests by callbacks, as a scheduler sends them: each answer is followed by the next request.
  private func callBack() async throws {
    try await withCheckedThrowingContinuation { continuation in
      whenDone = continuation
      for _ in 0..<plan.outstanding { askNext() }
    }
  }

  private func askNext() {
    connection.assumeIsolated { ask(on: $0) }
  }

  /// Asks once more, unless all was asked. Both actors live on the loop; the connection is entered already.
  private func ask(on connection: isolated Connection) {
    let start = assumeIsolated { $0.begin() }
    guard let start else { return }
    connection.request(.echo(BenchClient.message)) { connection, result in
      if self.assumeIsolated({ $0.answered(result, since: start) }) { self.ask(on: connection) }
    }
  }

  private func begin() -> Int64? {
    guard asked < plan.count else { return nil }
    asked += 1
    return plan.outstanding == 1 ? context.time.now.nanoseconds : 0
  }

  /// Whether another request may follow.
  private func answered(_ result: Result<Message, FlintError>, since start: Int64) -> Bool {
    guard case .success(.echoed(let bytes)) = result, bytes.count == BenchPlan.messageSize else {
      whenDone.take()?.resume(throwing: FlintError(.corruptData, "an echo came back as \(result)"))
      return false
    }
    answeredCount += 1
    if plan.outstanding == 1 { latencies.append(context.time.now.nanoseconds - start) }
    if answeredCount == plan.count { whenDone.take()?.resume() }
    return true
  }

  private func ask() async throws {
    let start = plan.outstanding == 1 ? context.time.now.nanoseconds : 0
    let answer = try await connection.request(.echo(BenchClient.message))
    guard case .echoed(let bytes) = answer, bytes.count == BenchPlan.messageSize else {
      throw FlintError(.corruptData, "an echo came back as \(answer)")
    }
    if plan.outstanding == 1 { latencies.append(context.time.now.nanoseconds - start) }
  }

  private func fetch() async throws {
    let slab = try await connection.fetch(BenchNode.block) { _ throws(FlintError) in try BenchClient.pool.take() }
    BenchClient.pool.put(slab)
  }

  /// Sends until there is no more room, as a scheduler that launches many tasks at once; returns how many it were.
  private func sendWhatFits(_ message: [UInt8], atMost count: Int) throws -> Int {
    try connection.assumeIsolated { connection in
      try connection.together { connection in
        try message.withUnsafeBytes { body in
          var sent = 0
          while try sent < count && connection.sendIfThereIsRoom(.launchTask, body: body) { sent += 1 }
          return sent
        }
      }
    }
  }

  /// Sends under back-pressure; the answer to a request behind them says that all have arrived.
  private func pour() async throws {
    let description = TaskDescription(
      job: JobID(rawValue: 1),
      attempt: TaskAttempt(
        task: TaskID(
          stage: StageAttempt(stage: StageID(rawValue: 1), number: 0), partition: PartitionID(rawValue: 0)), number: 0),
      executor: BenchNode.executor, epoch: MapOutputEpoch(rawValue: 1), inputs: [], payload: [])
    var writer = WireWriter()
    Message.launchTask(description).write(to: &writer)
    var padded = description
    padded.payload = Array(repeating: 7, count: BenchPlan.messageSize - writer.count)
    writer.removeAll()
    Message.launchTask(padded).write(to: &writer)
    let message = writer.bytes
    var sent = 0
    while sent < plan.count {
      sent += try sendWhatFits(message, atMost: plan.count - sent)
      if sent < plan.count { try await connection.waitForRoomToSend() }
    }
    try await ask()
  }

  static let message = [UInt8](unsafeUninitializedCapacity: BenchPlan.messageSize) { buffer, count in
    for index in 0..<BenchPlan.messageSize { buffer[index] = UInt8(truncatingIfNeeded: index &* 7) }
    count = BenchPlan.messageSize
  }
  /// Blocks come into memory that is used again, as in the C program.
  private static let pool = SlabPool(
    slabSize: BenchPlan.blockSize, capacity: 8, budget: MemoryBudget(limit: .mebibytes(64)))
}
