import Synchronization

/// Lets tasks start together, so that they really contend for what they share.
final class Rendezvous: Sendable {
  private let arrived = Atomic<Int>(0)
  private let count: Int

  init(count: Int) {
    self.count = count
  }

  /// Returns once all have arrived.
  func meet() async {
    arrived.add(1, ordering: .relaxed)
    while arrived.load(ordering: .relaxed) < count { await Task.yield() }
  }
}
