internal import FlintCore
internal import FlintWire

/// Carries the bytes of one direction of one connection from its source to its sink, as the proxy's conditions and faults want it.
actor LinkPump {
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private nonisolated let direction: LinkDirection
  private let proxy: FaultProxy
  private let pair: UInt64
  private let source: any NetworkStream
  private let sink: any NetworkStream
  private var machine: LinkMachine
  /// What has arrived and not been handed on, with the time before which it is not.
  private var queue: [(due: MonotonicInstant, bytes: ArraySlice<UInt8>)] = []
  private var queuedByteCount = 0
  private var pumping: Task<Void, Never>?
  private var end: StreamEnd?
  private var isFrozen = false
  private var isOver = false
  private var isPaused = false

  /// Bytes that wait here or in the sink before the source is held back.
  private static let highWaterMark = 4 << 20

  init(
    _ direction: LinkDirection, of pair: UInt64, in proxy: FaultProxy, from source: any NetworkStream,
    to sink: any NetworkStream, context: NodeContext
  ) {
    self.direction = direction
    self.pair = pair
    self.proxy = proxy
    self.source = source
    self.sink = sink
    self.context = context
    machine = LinkMachine(direction)
  }

  func start() { source.start(self) }

  /// Something about the conditions has changed.
  func wake() { pump() }

  /// Nothing passes any more, and nobody is told.
  func freeze() { isFrozen = true }

  /// The connection breaks now.
  func abort() {
    guard !isOver else { return }
    isOver = true
    queue = []
    pumping?.cancel()
    source.abort()
    sink.abort()
  }

  /// The queue of the sink has sunk.
  func sinkDrained() {
    guard isPaused, queuedByteCount < Self.highWaterMark else { return }
    isPaused = false
    source.resumeReceiving()
  }

  // MARK: What arrives

  private func receive(_ bytes: UnsafeRawBufferPointer) {
    guard !isOver, !isFrozen else { return }
    let (proxy, direction, pair) = (proxy, direction, pair)
    let steps = machine.receive(bytes) { header in
      proxy.assumeIsolated { $0.fault(for: header, direction, of: pair) }
    } hello: { introduction in
      proxy.assumeIsolated { $0.introduced(introduction, on: pair) }
    }
    for step in steps where !isOver && !isFrozen {
      switch step {
      case .send(let bytes):
        queue.append((context.time.now.advanced(by: conditions.delay), bytes[...]))
        queuedByteCount += bytes.count
      case .cut:
        // What stands before the cut arrives.
        while let first = queue.first { hand(first.bytes.count) }
        proxy.assumeIsolated { $0.cut(pair, afterSending: sink) }
      case .freeze: proxy.assumeIsolated { $0.freeze(pair) }
      }
    }
    pump()
    if queuedByteCount + sink.queuedByteCount > Self.highWaterMark, !isPaused, !isOver {
      isPaused = true
      source.pauseReceiving()
    }
  }

  private var conditions: LinkConditions { proxy.assumeIsolated { $0.conditions(of: pair, direction) } }

  // MARK: What leaves

  private func pump() {
    guard pumping == nil, !isOver, !isFrozen else { return }
    while let first = queue.first, conditions.isPlain, first.due <= context.time.now { hand(first.bytes.count) }
    guard !queue.isEmpty else { return finish() }
    if conditions.isPartitioned { return }
    pumping = Task(executorPreference: context.executors.control) { await self.pumpSlowly() }
  }

  private func pumpSlowly() async {
    while let first = queue.first, !isOver, !isFrozen, !conditions.isPartitioned, !Task.isCancelled {
      if first.due > context.time.now {
        try? await context.time.sleep(until: first.due)
        continue
      }
      let conditions = conditions
      var count = min(first.bytes.count, conditions.chunk ?? .max)
      if let rate = conditions.bytesPerSecond { count = min(count, max(1, rate / 50)) }
      hand(count)
      if let rate = conditions.bytesPerSecond {
        try? await context.time.sleep(for: .microseconds(Int64(count) * 1_000_000 / Int64(max(1, rate))))
      } else if conditions.chunk != nil {
        // Long enough for the loop to send what it has.
        try? await context.time.sleep(for: .nanoseconds(1))
      }
    }
    pumping = nil
    if queue.isEmpty { finish() }
  }

  private func hand(_ count: Int) {
    let part = queue[0].bytes.prefix(count)
    part.withUnsafeBytes { sink.send($0) }
    queuedByteCount -= part.count
    if part.count == queue[0].bytes.count {
      queue.removeFirst()
    } else {
      queue[0].bytes = queue[0].bytes.dropFirst(part.count)
    }
    proxy.assumeIsolated { $0.carried(part.count) }
  }

  /// When everything was handed on, the end is.
  private func finish() {
    guard let end, !isOver, !isFrozen, !conditions.isPartitioned else { return }
    switch end {
    case .finished: sink.finishSending()
    case .failed: sink.abort()
    }
    isOver = true
    proxy.assumeIsolated { $0.ended(direction, of: pair) }
  }
}

extension LinkPump: StreamReceiver {
  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    // A pointer cannot be sent into the isolation, a number can; both are this thread's.
    let (address, count) = (UInt(bitPattern: bytes.baseAddress), bytes.count)
    assumeIsolated { pump in
      pump.receive(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }
  }

  /// Of the source's queue, which the other direction fills.
  nonisolated func streamDrained() {
    assumeIsolated { pump in
      let (pair, direction) = (pump.pair, pump.direction)
      pump.proxy.assumeIsolated { $0.drained(pair, by: direction) }
    }
  }

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { pump in
      pump.end = end
      pump.pump()
    }
  }
}
