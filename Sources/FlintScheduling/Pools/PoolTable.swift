internal import FlintCore

/// The pools with what they run, and which of their sets want slots.
struct PoolTable: Sendable {
  struct Pool: Sendable {
    let name: PoolName
    let share: SchedulingPools.Share
    /// Slots that tries of its sets hold.
    var held = 0
    /// The sets that want slots; older jobs first.
    var hungry: [Int] = []
  }

  private let configuration: SchedulingPools
  private var indexOf: [PoolName: Int] = [:]
  private(set) var pools: [Pool] = []

  init(_ configuration: SchedulingPools) {
    self.configuration = configuration
  }

  /// Whether no set wants slots.
  private(set) var hungryCount = 0

  /// The pool's place in the table. When order is by job alone, all sets are in one.
  mutating func index(of name: PoolName) -> Int {
    let name = configuration.order == .fair ? name : .standard
    if let known = indexOf[name] { return known }
    let share = configuration.order == .fair ? configuration.share(of: name) : SchedulingPools.Share()
    indexOf[name] = pools.count
    pools.append(Pool(name: name, share: share))
    return pools.count - 1
  }

  @inline(__always)
  mutating func hold(_ pool: Int, _ change: Int) { pools[pool].held += change }

  /// Puts a set behind those of the pool for which `isAfter` is not true.
  mutating func enlist(_ set: Int, in pool: Int, isAfter: (Int) -> Bool) {
    let position = pools[pool].hungry.firstIndex(where: isAfter) ?? pools[pool].hungry.endIndex
    pools[pool].hungry.insert(set, at: position)
    hungryCount += 1
  }

  mutating func strike(_ set: Int, from pool: Int) {
    guard let position = pools[pool].hungry.firstIndex(of: set) else { return }
    pools[pool].hungry.remove(at: position)
    hungryCount -= 1
  }

  /// The pools that have a set that wants slots, whoever is due most first.
  func order() -> [Int] {
    let candidates = pools.indices.filter { !pools[$0].hungry.isEmpty }
    return candidates.count < 2 ? candidates : candidates.sorted { isFirst(pools[$0], pools[$1]) }
  }

  /// A pool below its minimum share comes first, the one that has least of it before others; then whoever has least for its
  /// weight.
  private func isFirst(_ left: Pool, _ right: Pool) -> Bool {
    let (needsLeft, needsRight) = (left.held < left.share.minimumShare, right.held < right.share.minimumShare)
    guard needsLeft == needsRight else { return needsLeft }
    // Fractions are compared by cross-multiplying: no rounding, so no order that depends on it.
    let (ofLeft, ofRight) =
      needsLeft
      ? (left.held * right.share.minimumShare, right.held * left.share.minimumShare)
      : (left.held * right.share.weight, right.held * left.share.weight)
    return (ofLeft, left.name) < (ofRight, right.name)
  }
}
