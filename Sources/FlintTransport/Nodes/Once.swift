internal import Synchronization

/// Something to be done at most once, whoever comes first.
final class Once: Sendable {
  private let body: Mutex<(@Sendable () -> Void)?>

  init(_ body: @escaping @Sendable () -> Void) { self.body = Mutex(body) }

  func run() {
    let body = body.withLock { $0.take() }
    body?()
  }
}
