/// What clocks show at a place, at any time: the offset from UTC and when it changes.
public final class ZoneRules: Sendable {
  /// As the database of time zones has it, such as `Europe/Zurich`, or an offset such as `+02:00`.
  public let name: String
  /// Seconds since 1970-01-01 UTC at which the offset changes, rising.
  public let changes: [Int64]
  /// Seconds that local time is ahead of UTC: before the first change, then from each change on.
  let offsets: [Int64]

  /// Coordinated universal time.
  public static let utc = ZoneRules("UTC", changes: [], offsets: [0])

  init(_ name: String, changes: [Int64], offsets: [Int64]) {
    precondition(offsets.count == changes.count + 1, "each change has an offset after it, and the first one before it")
    self.name = name
    self.changes = changes
    self.offsets = offsets
  }

  /// Whether clocks never change.
  var isFixed: Bool { changes.isEmpty }

  /// Seconds that local time is ahead of UTC, at so many seconds since 1970-01-01 UTC.
  public func offset(at seconds: Int64) -> Int64 { offsets[span(at: seconds)] }

  /// The moment at which clocks show a local time, both in seconds since 1970-01-01. A time that clocks skip is moved on by
  /// what they skip; of two moments that show it, the earlier is meant.
  public func moment(ofLocal local: Int64) -> Int64 {
    // Each offset before a change that is near, the earliest first.
    var number = span(at: local &- Self.farthest)
    let last = span(at: local &+ Self.farthest)
    while number < last {
      let moment = local &- offsets[number]
      // Before the next change it is the right one. Behind it, and not yet at the change by the next offset, it is skipped.
      if moment < changes[number] { return moment }
      if local < changes[number] &+ offsets[number + 1] { return moment }
      number += 1
    }
    return local &- offsets[number]
  }

  /// The number of the offset at a moment.
  func span(at seconds: Int64) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// No offset is larger.
  private static let farthest: Int64 = 48 * 3600
}
