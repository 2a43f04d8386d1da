public import FlintCore
public import FlintWire

/// Stands between two processes: it listens where one of them dials, dials where the other one listens, and carries their frames
/// as it is told.
///
/// It knows frames and the kinds of their messages, so that a fault can be as narrow as "the second answer about a commit". What it
/// has carried and struck it counts: a fault that has not fired was not tested. All of it lives on the control loop.
public actor FaultProxy {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// One connection and its two directions.
  private struct Pair {
    let accepted: any NetworkStream
    let dialled: any NetworkStream
    let outward: LinkPump
    let backward: LinkPump
    var dialler: Introduction?
    var ended: Set<LinkDirection> = []
  }

  /// What it is called in reports.
  public nonisolated let name: String
  private nonisolated let context: NodeContext
  private nonisolated let target: @Sendable () async throws -> Endpoint
  private var listener: (any NetworkListener)?
  private var pairs: [UInt64: Pair] = [:]
  private var rules: [(selector: LinkSelector, conditions: LinkConditions)] = []
  private var faults: [ArmedFault] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var dials: [UInt64: Task<Void, Never>] = [:]

  /// Connections that it has carried.
  public private(set) var connectionCount: UInt64 = 0
  /// Bytes that it has carried.
  public private(set) var byteCount = 0
  /// Frames with a message that it has seen, by kind.
  public private(set) var seen: [MessageKind: Int] = [:]

  /// A proxy to `target`, which is asked for each connection.
  public init(_ name: String, context: NodeContext, target: @escaping @Sendable () async throws -> Endpoint) {
    self.name = name
    self.context = context
    self.target = target
  }

  // MARK: Orders

  /// Takes connections at `endpoint` from now on.
  public func open(at endpoint: Endpoint) async throws {
    listener = try await context.network.listen(at: endpoint) { [weak self] stream in
      self?.assumeIsolated { $0.accept(stream) }
    }
  }

  /// Lets `fault` strike `count` frames that `pattern` picks, after the first `skip` of them.
  public func arm(_ fault: LinkFault, on pattern: FramePattern, skip: Int = 0, count: Int = 1) {
    faults.append(ArmedFault(fault, on: pattern, skip: skip, count: count))
  }

  /// From now on bytes travel like this on the connections that `selector` picks; what was said last counts.
  public func set(_ conditions: LinkConditions, for selector: LinkSelector = LinkSelector()) {
    rules.append((selector, conditions))
    for (_, pair) in pairs.sorted(by: { $0.key < $1.key }) {
      pair.outward.assumeIsolated { $0.wake() }
      pair.backward.assumeIsolated { $0.wake() }
    }
    guard !isClosedToNewcomers else { return }
    let waiters = waiting
    waiting = []
    for waiter in waiters { waiter.resume() }
  }

  /// Nothing goes through any more.
  public func partition(_ selector: LinkSelector = LinkSelector()) {
    set(LinkConditions(isPartitioned: true), for: selector)
  }

  /// Everything goes through again as it comes.
  public func heal() {
    rules = []
    set(LinkConditions())
  }

  /// Breaks every connection.
  public func cutAll() {
    for pair in pairs.keys.sorted() { abort(pair) }
  }

  /// From now on the connections that stand carry nothing, and nobody is told; new ones are sound.
  public func freezeAll() {
    for pair in pairs.keys.sorted() { freeze(pair) }
  }

  /// How often faults have struck.
  public var firedCount: Int { faults.reduce(0) { $0 + $1.fired } }

  /// What was armed, and what came of it.
  public var armed: [ArmedFault] { faults }

  /// Ends all connections and takes no more.
  public func close() async {
    listener?.close()
    listener = nil
    for (_, dial) in dials.sorted(by: { $0.key < $1.key }) { dial.cancel() }
    heal()
    cutAll()
    for (_, dial) in dials.sorted(by: { $0.key < $1.key }) { await dial.value }
  }

  // MARK: Connections

  private var isClosedToNewcomers: Bool {
    LinkDirection.allCases.contains { conditions(nil, $0).isPartitioned }
  }

  private func accept(_ stream: any NetworkStream) {
    connectionCount += 1
    let number = connectionCount
    dials[number] = Task(executorPreference: context.executors.control) {
      await self.connect(stream, number)
    }
  }

  private func connect(_ stream: any NetworkStream, _ number: UInt64) async {
    defer { dials[number] = nil }
    while isClosedToNewcomers, !Task.isCancelled {
      await withCheckedContinuation { waiter in
        guard isClosedToNewcomers else { return waiter.resume() }
        waiting.append(waiter)
      }
    }
    do {
      let deadline = context.time.now.advanced(by: .seconds(5))
      let dialled = try await context.network.dial(try await target(), deadline: deadline)
      let pair = Pair(
        accepted: stream, dialled: dialled,
        outward: LinkPump(.outward, of: number, in: self, from: stream, to: dialled, context: context),
        backward: LinkPump(.backward, of: number, in: self, from: dialled, to: stream, context: context))
      begin(pair, number)
    } catch {
      context.log.info("\(name) cannot dial", ["error": "\(error)"])
      stream.abort()
    }
  }

  private func begin(_ pair: Pair, _ number: UInt64) {
    pairs[number] = pair
    pair.outward.assumeIsolated { $0.start() }
    pair.backward.assumeIsolated { $0.start() }
  }

  // MARK: What its pumps ask and tell

  func conditions(of pair: UInt64, _ direction: LinkDirection) -> LinkConditions {
    conditions(pairs[pair]?.dialler, direction)
  }

  private func conditions(_ dialler: Introduction?, _ direction: LinkDirection) -> LinkConditions {
    rules.last { $0.selector.picks(dialler, direction) }?.conditions ?? LinkConditions()
  }

  func introduced(_ dialler: Introduction, on pair: UInt64) { pairs[pair]?.dialler = dialler }

  func carried(_ count: Int) { byteCount += count }

  func fault(for header: FrameHeader, _ direction: LinkDirection, of pair: UInt64) -> LinkFault? {
    if let kind = MessageKind(rawValue: header.message) { seen[kind, default: 0] += 1 }
    let dialler = pairs[pair]?.dialler
    for index in faults.indices where faults[index].strikes(header, of: dialler, direction) {
      return faults[index].fault
    }
    return nil
  }

  func freeze(_ pair: UInt64) {
    pairs[pair]?.outward.assumeIsolated { $0.freeze() }
    pairs[pair]?.backward.assumeIsolated { $0.freeze() }
  }

  func cut(_ pair: UInt64, afterSending sink: any NetworkStream) {
    // An abort would throw away what waits to be sent.
    guard sink.queuedByteCount > 0 else { return abort(pair) }
    freeze(pair)
    dials[pair] = Task(executorPreference: context.executors.control) { await self.abort(pair, after: sink) }
  }

  private func abort(_ pair: UInt64, after sink: any NetworkStream) async {
    let deadline = context.time.now.advanced(by: .seconds(1))
    while sink.queuedByteCount > 0, context.time.now < deadline {
      guard (try? await context.time.sleep(for: .milliseconds(1))) != nil else { break }
    }
    abort(pair)
    dials[pair] = nil
  }

  func drained(_ pair: UInt64, by direction: LinkDirection) {
    switch direction {
    case .outward: pairs[pair]?.backward.assumeIsolated { $0.sinkDrained() }
    case .backward: pairs[pair]?.outward.assumeIsolated { $0.sinkDrained() }
    }
  }

  func ended(_ direction: LinkDirection, of pair: UInt64) {
    pairs[pair]?.ended.insert(direction)
    if pairs[pair]?.ended.count == LinkDirection.allCases.count { pairs[pair] = nil }
  }

  private func abort(_ number: UInt64) {
    guard let pair = pairs.removeValue(forKey: number) else { return }
    pair.outward.assumeIsolated { $0.abort() }
    pair.backward.assumeIsolated { $0.abort() }
  }
}
