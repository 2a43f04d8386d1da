public import FlintCore

/// Decides what is done when a process has more memory than it may: blocks leave, tasks spill, and when that does not help, a
/// task fails, so that the process lives.
///
/// The ledger counts what the engine takes; what user code takes is seen only here, at borders of batches.
public struct MemoryWatch: Sendable {
  /// What whoever looked has to do.
  public enum Action: Hashable, Sendable {
    /// Let so much of the cache go, and give unused memory back.
    case relieve(ByteCount)
    /// Fail the task that looked: nothing else has helped. So much is too much.
    case fail(ByteCount)
  }

  /// What the process may have.
  public let limit: ByteCount
  /// Whether tasks that could spill must.
  public private(set) var isPressing = false
  private let patience: Int
  /// How often in a row it was too much.
  private var overCount = 0
  /// How often something is let go meanwhile.
  private static let reliefInterval = 8

  /// A process that may have `limit`, and is found above it `patience` times before a task fails.
  public init(limit: ByteCount, patience: Int) {
    precondition(patience >= 1, "\(patience) looks")
    self.limit = limit
    self.patience = patience
  }

  /// The process has `resident` bytes now.
  public mutating func look(_ resident: ByteCount) -> Action? {
    guard resident > limit else {
      (overCount, isPressing) = (0, false)
      return nil
    }
    let excess = ByteCount(resident.bytes - limit.bytes)
    overCount += 1
    isPressing = true
    guard overCount < patience else {
      overCount = 0
      return .fail(excess)
    }
    return overCount % Self.reliefInterval == 1 ? .relieve(excess) : nil
  }
}
