internal import FlintCore

/// A client's connection to one replica, dialled again whenever it ends.
actor ReplicaLink {
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private let endpoint: Endpoint
  private let onMessage: @Sendable (RegisterMessage) -> Void
  private var stream: FramedStream?
  /// When the oldest message was sent that nothing has followed from the other side.
  private var unansweredSince: MonotonicInstant?
  /// Finished when the connection is over.
  private var ending: AsyncStream<Never>.Continuation?

  /// `onMessage` is called on the control loop.
  init(context: NodeContext, endpoint: Endpoint, onMessage: @escaping @Sendable (RegisterMessage) -> Void) {
    self.context = context
    self.endpoint = endpoint
    self.onMessage = onMessage
  }

  /// Sends when there is a connection; without one the message is lost, and repeating it is the client's business.
  ///
  /// A connection that has not answered for a second may be half open: it is given up for a new one.
  func send(_ message: RegisterMessage) {
    guard let stream else { return }
    let now = context.time.now
    guard now.advanced(by: .seconds(-1)) < unansweredSince ?? now else { return drop() }
    unansweredSince = unansweredSince ?? now
    stream.assumeIsolated { $0.send(message) }
  }

  private func received(_ message: RegisterMessage) {
    unansweredSince = nil
    onMessage(message)
  }

  private func drop() {
    ending?.finish()
    stream?.assumeIsolated { $0.close() }
    stream = nil
  }

  /// Keeps a connection until the task is cancelled.
  func run() async {
    var generator = RandomnessGenerator(context.randomness)
    while !Task.isCancelled {
      do {
        let dialled = try await context.network.dial(
          endpoint, deadline: context.time.now.advanced(by: .seconds(2)))
        await connected(dialled)
      } catch is CancellationError {
        return
      } catch {
        // Nobody there: try again below.
      }
      let pause = Duration.milliseconds(Int.random(in: 20...200, using: &generator))
      guard (try? await context.time.sleep(for: pause)) != nil else { break }
    }
    drop()
  }

  /// Returns when the connection has ended.
  private func connected(_ dialled: any NetworkStream) async {
    let (end, ending) = AsyncStream<Never>.makeStream()
    let framed = FramedStream(dialled, context: context) { [unowned self] message in
      assumeIsolated { $0.received(message) }
    } onEnd: {
      ending.finish()
    }
    stream = framed
    unansweredSince = nil
    self.ending = ending
    await framed.start()
    for await _ in end {}
    // Cancelled, the wait ends before the connection: what it still receives must not come to a link that is gone.
    if stream === framed { drop() }
  }
}
