package import FlintCore

/// Reads and writes the register: every operation is two phases, each answered by a majority of the replicas.
package actor RegisterClient {
  package nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private let identity: UInt64
  private let bug: RegisterBug?
  private let replicas: [Endpoint]
  private var links: [ReplicaLink] = []
  private var phaseCount: UInt64 = 0
  private var phase: QuorumPhase?
  private var waiter: CheckedContinuation<TaggedValue?, any Error>?

  /// `identity` tells this client's writes from those of others; it is at least 1 and unique.
  package init(context: NodeContext, identity: UInt64, replicas: [Endpoint], bug: RegisterBug? = nil) {
    self.context = context
    self.identity = identity
    self.replicas = replicas
    self.bug = bug
  }

  /// Keeps the connections to the replicas while `body` works with the client.
  package nonisolated func withConnections<Value: Sendable>(
    _ body: @Sendable (RegisterClient) async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for link in await makeLinks() { group.addTask { await link.run() } }
      defer { group.cancelAll() }
      return try await body(self)
    }
  }

  private func makeLinks() -> [ReplicaLink] {
    links = replicas.enumerated().map { index, endpoint in
      ReplicaLink(context: context, endpoint: endpoint) { [unowned self] message in
        assumeIsolated { $0.handle(.answered(replica: index, message)) }
      }
    }
    return links
  }

  /// The register's value. Throws `deadline-exceeded` when no majority answered by `deadline`.
  package func read(deadline: MonotonicInstant) async throws -> UInt64 {
    let newest = try await newest(deadline: deadline)
    if bug != .skipsWriteBack { try await store(newest, deadline: deadline) }
    return newest.value
  }

  /// Sets the register. Throws `deadline-exceeded` when no majority answered by `deadline`: then the value may or may
  /// not come to be.
  package func write(_ value: UInt64, deadline: MonotonicInstant) async throws {
    let newest = try await newest(deadline: deadline)
    try await store(
      TaggedValue(counter: newest.counter + 1, writer: identity, value: value), deadline: deadline)
  }

  // MARK: Phases

  private func newest(deadline: MonotonicInstant) async throws -> TaggedValue {
    phaseCount += 1
    return try await run(.query(phase: phaseCount), deadline: deadline) ?? .initial
  }

  private func store(_ tagged: TaggedValue, deadline: MonotonicInstant) async throws {
    phaseCount += 1
    _ = try await run(.store(phase: phaseCount, tagged), deadline: deadline)
  }

  private func run(_ request: RegisterMessage, deadline: MonotonicInstant) async throws -> TaggedValue? {
    precondition(waiter == nil, "a client does one operation at a time")
    let number = phaseCount
    phase = QuorumPhase(request, replicaCount: links.count, retries: bug != .neverRetries)
    let timer = Task(executorPreference: context.executors.control) {
      await self.repeatRequests(of: number, until: deadline)
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        waiter = continuation
        handle(.started)
      }
    } onCancel: {
      Task(executorPreference: context.executors.control) { await self.fail(CancellationError(), phase: number) }
    }
  }

  private func handle(_ event: QuorumPhase.Event) {
    for action in phase?.handle(event) ?? [] {
      switch action {
      case .send(let message, let replica): links[replica].assumeIsolated { $0.send(message) }
      case .finish(let newest): finish(.success(newest))
      }
    }
  }

  /// Repeats the phase's requests, at growing distances, and ends it at its deadline.
  private func repeatRequests(of number: UInt64, until deadline: MonotonicInstant) async {
    var generator = RandomnessGenerator(context.randomness)
    var pause = Duration.milliseconds(50)
    while number == phaseCount, phase != nil {
      let jitter = Duration.milliseconds(Int.random(in: 0...20, using: &generator))
      let next = min(deadline, context.time.now.advanced(by: pause + jitter))
      do { try await context.time.sleep(until: next) } catch { return fail(CancellationError(), phase: number) }
      // Another phase may have begun meanwhile.
      guard number == phaseCount, phase != nil else { return }
      guard context.time.now < deadline else {
        return fail(FlintError(.deadlineExceeded, "no majority of the replicas answered in time"), phase: number)
      }
      handle(.retryDue)
      pause = min(pause * 2, .seconds(1))
    }
  }

  private func fail(_ error: any Error, phase number: UInt64) {
    if number == phaseCount { finish(.failure(error)) }
  }

  private func finish(_ result: Result<TaggedValue?, any Error>) {
    phase = nil
    waiter?.resume(with: result)
    waiter = nil
  }
}
