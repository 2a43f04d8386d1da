internal import Glibc
internal import Synchronization

/// Counts the steps that a construct took, and those that it took on another thread than the simulation's.
final class Witness: Sendable {
  private let counts = Mutex((all: 0, foreign: 0))
  private let home = pthread_self()

  func here() {
    let isForeign = pthread_equal(pthread_self(), home) == 0
    counts.withLock {
      $0.all += 1
      if isForeign { $0.foreign += 1 }
    }
  }

  var count: Int { counts.withLock { $0.all } }
  var foreignThreadCount: Int { counts.withLock { $0.foreign } }
}
