/// Merges sorted runs of rows by a tree of losers: one comparison for each level of the tree and row. Of equal rows those of
/// earlier runs come first.
public final class RunMerger<Row> {
  /// What is in memory of one run.
  @usableFromInline
  struct Head {
    @usableFromInline var rows: [Row] = []
    @usableFromInline var position = 0
    @usableFromInline var prefix: UInt64?
    @usableFromInline var isEnded = false

    @inlinable
    init() {}
  }

  @usableFromInline var heads: [Head]
  /// The loser of the game at each inner node; -1 where none was played yet.
  @usableFromInline var losers: [Int]
  @usableFromInline var winner = 0
  /// Runs whose rows are used up; they must be filled before merging goes on.
  @usableFromInline var hungry: [Int]

  init(runCount: Int) {
    heads = Array(repeating: Head(), count: runCount)
    losers = Array(repeating: -1, count: runCount)
    // The last one to be filled plays the last game, and only then every game has been played.
    hungry = Array(0..<runCount)
  }

  /// The runs that need rows.
  var waiting: [Int] { hungry }

  /// Gives a run its next rows; none when it has ended.
  func fill(_ run: Int, _ rows: [Row]) {
    heads[run].rows = rows
    heads[run].position = 0
    heads[run].isEnded = rows.isEmpty
  }

  /// Whether all runs have ended.
  var isEnded: Bool { hungry.isEmpty && heads.allSatisfy(\.isEnded) }

  /// Moves rows to `output` until it has `limit`, or a run needs rows, or all have ended.
  @inlinable
  @inline(__always)
  func merge<Key: Comparable>(
    _ output: inout [Row], _ limit: Int, _ isDescending: Bool, _ key: (Row) throws -> Key
  ) throws {
    var heads = heads
    var losers = losers
    var winner = winner
    let filled = hungry
    self.heads = []
    self.losers = []
    hungry = []
    defer {
      self.heads = heads
      self.losers = losers
      self.winner = winner
    }
    for run in filled {
      winner = try Self.play(run, &heads, &losers, isDescending, key) ?? winner
    }
    while output.count < limit, !heads[winner].isEnded {
      let position = heads[winner].position
      output.append(heads[winner].rows[position])
      heads[winner].position = position &+ 1
      if position &+ 1 == heads[winner].rows.count {
        hungry.append(winner)
        return
      }
      winner = try Self.play(winner, &heads, &losers, isDescending, key) ?? winner
    }
  }

  /// Plays the games of a run with a new head from its leaf to the root, and returns who has won all; nil when a game still
  /// waits for its other side.
  @inlinable
  @inline(__always)
  static func play<Key: Comparable>(
    _ run: Int, _ heads: inout [Head], _ losers: inout [Int], _ isDescending: Bool, _ key: (Row) throws -> Key
  ) throws -> Int? {
    if !heads[run].isEnded {
      let prefix = SortPrefix.of(try key(heads[run].rows[heads[run].position]))
      heads[run].prefix = isDescending ? prefix.map { ~$0 } : prefix
    }
    var winner = run
    var node = (run &+ heads.count) / 2
    while node > 0 {
      let other = losers[node]
      if other < 0 {
        losers[node] = winner
        return nil
      }
      if try isFirst(other, winner, heads, isDescending, key) {
        losers[node] = winner
        winner = other
      }
      node /= 2
    }
    return winner
  }

  @inlinable
  @inline(__always)
  static func isFirst<Key: Comparable>(
    _ left: Int, _ right: Int, _ heads: [Head], _ isDescending: Bool, _ key: (Row) throws -> Key
  ) throws -> Bool {
    if heads[left].isEnded { return false }
    if heads[right].isEnded { return true }
    if let first = heads[left].prefix, let second = heads[right].prefix {
      if first != second { return first < second }
      if SortPrefix.isExact(Key.self) { return left < right }
    }
    let first = try key(heads[left].rows[heads[left].position])
    let second = try key(heads[right].rows[heads[right].position])
    return SortKernel<Row>.isBefore(first, second, isDescending) ?? (left < right)
  }
}
