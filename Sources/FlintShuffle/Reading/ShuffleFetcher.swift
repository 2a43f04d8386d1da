internal import FlintCore
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// Fetches what other nodes have of one reader's part of a shuffle, ahead of the reader.
///
/// It carries out what ``FetchMachine`` decides, on the control loop.
actor ShuffleFetcher {
  /// A part that has come.
  struct Arrival: Sendable {
    let part: FetchMachine.Part
    let slab: Slab
  }

  private nonisolated let context: NodeContext
  private nonisolated let client: any BlockFetching
  private nonisolated let limits: Limits
  private nonisolated let segments: [(entry: MapOutputEntry, block: BlockID)]
  private var machine: FetchMachine
  private var arrivals: [Arrival] = []
  /// The newest error of each output, and the output that was given up.
  private var errors: [Int: any Error] = [:]
  private var lost: Int?
  private var waiter: CheckedContinuation<Void, Never>?
  private var work: [UInt64: Task<Void, Never>] = [:]
  private var workCount: UInt64 = 0
  private var isOver = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// Fetches the segments of these outputs, with at most `window` bytes on their way.
  init(
    _ segments: [(entry: MapOutputEntry, block: BlockID)], window: UInt64, client: any BlockFetching,
    context: NodeContext, limits: Limits
  ) {
    self.segments = segments
    self.client = client
    self.context = context
    self.limits = limits
    machine = FetchMachine(
      byteCounts: segments.map(\.entry.byteCount), request: min(UInt64(limits.fetchRequest.bytes), window),
      window: window, attempts: limits.fetchAttempts)
  }

  /// Why an output cannot be had.
  struct Loss: Error {
    let output: Int
    let error: any Error
  }

  /// Begins.
  func start() { perform(machine.start()) }

  /// The next part, of any output; nil when all have come. Throws ``Loss``.
  func next() async throws -> Arrival? {
    while true {
      try Task.checkCancellation()
      if let lost { throw Loss(output: lost, error: errors[lost] ?? CancellationError()) }
      if !arrivals.isEmpty {
        let arrival = arrivals.removeFirst()
        if machine.isCurrent(arrival.part) { return arrival }
        perform(machine.used(arrival.part))
      } else if machine.isDone {
        return nil
      } else {
        await wait()
      }
    }
  }

  /// A part is used up.
  func used(_ part: FetchMachine.Part) { perform(machine.used(part)) }

  /// What came of an output from `offset` on is damaged.
  func damaged(_ output: Int, from offset: UInt64, _ error: any Error) {
    errors[output] = error
    context.log.warning(
      "a block of a shuffle is damaged",
      ["block": "\(segments[output].block)", "offset": "\(offset)", "error": "\(error)"])
    perform(machine.damaged(output, from: offset))
  }

  /// Ends all fetches.
  func cancel() {
    isOver = true
    for number in work.keys.sorted() { work[number]?.cancel() }
    arrivals = []
    wake()
  }

  // MARK: Helpers

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // What was looked at before may have changed on the way here; from now on nobody comes between.
        let mustWait = !Task.isCancelled && !isOver && lost == nil && arrivals.isEmpty && !machine.isDone
        guard mustWait else { return continuation.resume() }
        waiter = continuation
      }
    } onCancel: {
      Task(executorPreference: context.executors.control) { await self.cancel() }
    }
  }

  private func wake() { waiter.take()?.resume() }

  private func perform(_ actions: [FetchMachine.Action]) {
    guard !isOver else { return }
    for action in actions {
      switch action {
      case .fetch(let part): begin { await $0.fetch(part) }
      case .wait(let output, let failures): begin { await $0.wait(output, failures) }
      case .giveUp(let output):
        lost = output
        wake()
      }
    }
    if machine.isDone { wake() }
  }

  private func begin(_ body: @escaping @Sendable (ShuffleFetcher) async -> Void) {
    workCount += 1
    let number = workCount
    work[number] = Task(executorPreference: context.executors.control) {
      await body(self)
      await self.ended(number)
    }
  }

  private func ended(_ number: UInt64) { work[number] = nil }

  private func fetch(_ part: FetchMachine.Part) async {
    let (entry, block) = segments[part.output]
    do {
      let request = BlockRequest(block: block, offset: part.offset, length: part.count)
      let slab = try await client.fetch(request, from: entry.place)
      guard !isOver else { return }
      if machine.isCurrent(part) { arrivals.append(Arrival(part: part, slab: slab)) }
      perform(machine.arrived(part))
      wake()
    } catch {
      guard !isOver else { return }
      errors[part.output] = error
      perform(machine.failed(part, Self.failure(error)))
    }
  }

  private func wait(_ output: Int, _ failures: Int) async {
    var backoff = Backoff(limits: limits)
    for _ in 1..<max(failures, 1) { _ = backoff.wait(random: 0) }
    let wait = backoff.wait(random: context.randomness.next())
    guard (try? await context.time.sleep(for: wait)) != nil, !isOver else { return }
    perform(machine.retry(output))
  }

  private static func failure(_ error: any Error) -> FetchMachine.Failure {
    switch (error as? FlintError)?.code {
    case .corruptData: .damaged
    case .fileNotFound, .invalidArgument, .permissionDenied, .inputOutput: .gone
    default: .unreachable
    }
  }
}
