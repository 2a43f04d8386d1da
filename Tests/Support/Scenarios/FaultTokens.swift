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
    /// Returns when somebody has taken one of this name.
    let awaitTaken: @Sendable (String) async throws -> Void
    /// Ends the process whose code runs.
    let trap: @Sendable () -> Void
    /// Does not return, whoever cancels what runs.
    let standStill: @Sendable () async -> Void

    package init(
      take: @escaping @Sendable (String) -> Bool, awaitTaken: @escaping @Sendable (String) async throws -> Void,
      trap: @escaping @Sendable () -> Void, standStill: @escaping @Sendable () async -> Void
    ) {
      self.take = take
      self.awaitTaken = awaitTaken
      self.trap = trap
      self.standStill = standStill
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

  /// Returns when somebody has taken a token out of `folder`.
  static func awaitTaken(_ folder: String) async throws {
    if let stage = stage.withLock({ $0 }) { return try await stage.awaitTaken(folder) }
    while access("\(folder)/0", F_OK) == 0 { await Task.yield() }
  }

  /// Goes on for ever, and hears nothing.
  static func standStill() async {
    if let stage = stage.withLock({ $0 }) { return await stage.standStill() }
    while true { await Task.yield() }
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
