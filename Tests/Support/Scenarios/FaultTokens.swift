internal import FlintCore
internal import Glibc
internal import Synchronization

/// How often user code fails: a budget that all processes and tries of a run share.
///
/// On real machines it is files in the run's shared folder, each of which is taken once. In a simulation, where user code
/// can wait for no file, the run's own counters stand for them.
package enum FaultTokens {
  /// What stands for the budget in a simulation, and for what a process does to itself.
  package struct Stage: Sendable {
    /// Takes a token of this name; false when there is none.
    let take: @Sendable (String) -> Bool
    /// Ends the process whose code runs.
    let trap: @Sendable () -> Void

    package init(take: @escaping @Sendable (String) -> Bool, trap: @escaping @Sendable () -> Void) {
      self.take = take
      self.trap = trap
    }
  }

  private static let stage = Mutex<Stage?>(nil)

  /// Lets a simulation stand for the world; nil ends that.
  package static func enter(_ stage: Stage?) { self.stage.withLock { $0 = stage } }

  /// Whether there was still a token in `folder`, whose name is the path of a budget. Without the folder it has no end.
  static func take(_ folder: String) -> Bool {
    if let stage = stage.withLock({ $0 }) { return stage.take(folder) }
    guard access(folder, F_OK) == 0 else { return true }
    return (0..<100).contains { unlink("\(folder)/\($0)") == 0 }
  }

  /// Ends the process as a trap in user code does.
  static func trap(_ why: String) {
    if let stage = stage.withLock({ $0 }) { return stage.trap() }
    fatalError(why)
  }
}

/// What user code throws.
struct Unlucky: Error {
  var row: Int
}
