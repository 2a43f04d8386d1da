internal import FlintSystem
internal import Synchronization

/// Which thread a loop runs on; anybody may ask whether it is his.
final class LoopThread: Sendable {
  /// The thread while it runs, otherwise 0.
  private let identifier = Atomic<UInt>(0)

  /// Whether the caller is on the loop.
  var isCurrent: Bool { identifier.load(ordering: .relaxed) == SystemThread.current }

  /// From now on the calling thread is the loop's.
  func enter() { identifier.store(SystemThread.current, ordering: .relaxed) }

  /// From now on no thread is.
  func leave() { identifier.store(0, ordering: .relaxed) }
}
