internal import CFlint

/// The loop over the keys of a batch that all tables have: hash some, then ask for the memory of each a while before it is
/// looked at. Tables that do not fit the cache are half as slow with it.
enum HashStep {
  /// Rows that are hashed before the first of them is looked for.
  static let rows = 1024
  /// Slots of a table that stays in the cache without being asked for.
  static let cached = 1 << 14
  private static let ahead = 32

  @inline(__always)
  static func forEach<Slot>(
    _ count: Int, prefetching slots: UnsafeMutablePointer<Slot>, isLarge: Bool, mask: Int, hash: (Int) -> UInt64,
    _ body: (_ row: Int, _ slot: Int) -> Void
  ) {
    if !isLarge {
      for row in 0..<count { body(row, Int(truncatingIfNeeded: hash(row)) & mask) }
      return
    }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: rows) { room in
      guard let places = room.baseAddress else { return }
      for row in 0..<count { places[row] = Int(truncatingIfNeeded: hash(row)) & mask }
      let steady = max(0, count &- ahead)
      for row in 0..<min(ahead, count) { flint_prefetch(slots + places[row]) }
      for row in 0..<steady {
        flint_prefetch(slots + places[row &+ ahead])
        body(row, places[row])
      }
      for row in steady..<count { body(row, places[row]) }
    }
  }
}
