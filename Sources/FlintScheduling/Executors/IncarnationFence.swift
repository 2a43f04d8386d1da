public import FlintCore

/// Which lives of executors are over for ever. A life that is lost takes all earlier ones of its executor with it.
public struct IncarnationFence: Sendable {
  private var lost: [ExecutorID: UInt64] = [:]

  /// A fence that bars nobody.
  public init() {}

  /// Bars a life. Returns false when it was barred already.
  public mutating func bar(_ executor: ExecutorIncarnation) -> Bool {
    guard !bars(executor) else { return false }
    lost[executor.executor] = executor.number
    return true
  }

  /// Whether what this life says changes nothing any more.
  public func bars(_ executor: ExecutorIncarnation) -> Bool {
    lost[executor.executor].map { executor.number <= $0 } ?? false
  }
}
