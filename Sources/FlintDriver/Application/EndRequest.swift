internal import FlintCore
internal import FlintSystem
internal import Synchronization

/// The wish of a person or a supervisor that this process ends. The first one is carried out in order; the next one has the
/// system's own effect.
///
/// It is heard on the control loop, so that a program whose threads are all busy or stuck can be ended, too.
final class EndRequest: Sendable {
  private let signal = Mutex<ProcessSignal?>(nil)
  private let listener = Mutex<Task<Void, Never>?>(nil)

  /// At the first wish calls `cancel`, and `force` when the program goes on for ``FlintCore/Limits/endWait`` after that. Where nobody
  /// can listen, signals keep their effect.
  static func listen(
    on context: NodeContext, limits: Limits, cancel: @escaping @Sendable () -> Void,
    force: @escaping @Sendable (EndRequest) async -> Void
  ) -> EndRequest {
    let request = EndRequest()
    guard let signals = try? SystemSignals.endRequests() else { return request }
    let source = Mutex<AsyncStream<ProcessSignal>?>(signals)
    let listener = Task(executorPreference: context.executors.control) {
      // The stream ends with the first signal: the next one does what it does to any program.
      guard let signal = await first(of: source.withLock { $0.take() }) else { return }
      request.signal.withLock { $0 = signal }
      cancel()
      guard (try? await context.time.sleep(for: limits.endWait)) != nil else { return }
      await force(request)
    }
    request.listener.withLock { $0 = listener }
    return request
  }

  private static func first(of signals: consuming AsyncStream<ProcessSignal>?) async -> ProcessSignal? {
    guard let signals else { return nil }
    for await signal in signals { return signal }
    return nil
  }

  /// The program has ended by itself: nothing of the request may come to the loop any more.
  func close() async {
    let listener = listener.withLock { $0 }
    listener?.cancel()
    await listener?.value
  }

  /// The exit code of a process that was told to end; nil when it was not.
  var code: Int32? {
    switch signal.withLock({ $0 }) {
    case nil: nil
    case .interrupt: 130
    default: 143
    }
  }
}
