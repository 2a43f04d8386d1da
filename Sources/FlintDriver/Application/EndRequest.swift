internal import FlintCore
internal import FlintSystem
internal import Synchronization

/// The wish of a person or a supervisor that this process ends. The first one is carried out in order; the next one has the
/// system's own effect.
final class EndRequest: Sendable {
  private let signal = Mutex<ProcessSignal?>(nil)

  /// Calls `cancel` at the first wish. Where nobody can listen, signals keep their effect.
  static func listen(_ cancel: @escaping @Sendable () -> Void) -> EndRequest {
    let request = EndRequest()
    guard let signals = try? SystemSignals.endRequests() else { return request }
    Task {
      for await signal in signals {
        request.signal.withLock { $0 = signal }
        cancel()
        return
      }
    }
    return request
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
