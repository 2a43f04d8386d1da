public import FlintCore

/// How the application's slots are shared out between its jobs.
public struct SchedulingPools: Hashable, Sendable {
  /// Who goes first.
  public enum Order: String, Hashable, Sendable {
    /// The older job, then the earlier stage.
    case fifo
    /// Whoever has least of what is due to it.
    case fair
  }

  /// What one pool is due.
  public struct Share: Hashable, Sendable {
    /// A pool of twice the weight gets twice the slots.
    public let weight: Int
    /// Slots that it gets before anybody gets more than theirs.
    public let minimumShare: Int
    /// Who goes first inside of the pool.
    public let order: Order

    /// A share. The weight is at least 1, the minimum share at least 0.
    public init(weight: Int = 1, minimumShare: Int = 0, order: Order = .fifo) {
      precondition(weight > 0 && minimumShare >= 0, "weight \(weight), minimum share \(minimumShare)")
      self.weight = weight
      self.minimumShare = minimumShare
      self.order = order
    }
  }

  /// Who goes first: the older job whatever its pool, or the pool that has least of its share.
  public let order: Order
  private let shares: [PoolName: Share]

  /// Pools with these shares; any other pool has an ordinary one. By FIFO shares mean nothing.
  public init(order: Order = .fifo, shares: [PoolName: Share] = [:]) {
    self.order = order
    self.shares = shares
  }

  /// What the pool is due.
  public func share(of pool: PoolName) -> Share { shares[pool] ?? Share() }
}
