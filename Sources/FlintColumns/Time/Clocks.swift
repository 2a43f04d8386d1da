/// Between moments and what clocks show at a place, in microseconds since 1970-01-01.
///
/// Neighbouring rows are mostly near each other in time, so the span between two changes in which the last one was
/// found is tried first.
package struct Clocks: Sendable {
  /// Microseconds of a day.
  package static let day: Int64 = 86_400_000_000
  private static let second: Int64 = 1_000_000

  private let rules: ZoneRules
  private var first: Int64 = 1
  private var last: Int64 = 0
  private var offset: Int64 = 0

  package init(_ rules: ZoneRules) {
    self.rules = rules
  }

  /// What clocks show at a moment. At the ends of what 64 bits hold it wraps around.
  @inline(__always)
  package mutating func local(_ moment: Int64) -> Int64 {
    if moment < first || moment > last { find(moment) }
    return moment &+ offset
  }

  /// The moment at which clocks show this; see ``ZoneRules/moment(ofLocal:)``.
  @inline(__always)
  package mutating func moment(_ local: Int64) -> Int64 {
    if rules.isFixed { return local &- rules.offsets[0] &* Self.second }
    let seconds = local.dividedDown(by: Self.second)
    return rules.moment(ofLocal: seconds) &* Self.second &+ (local &- seconds &* Self.second)
  }

  private mutating func find(_ moment: Int64) {
    let seconds = moment.dividedDown(by: Self.second)
    let span = rules.span(at: seconds)
    offset = rules.offsets[span] &* Self.second
    first = span == 0 ? .min : rules.changes[span - 1].multipliedClamped(by: Self.second)
    last = span == rules.changes.count ? .max : rules.changes[span].multipliedClamped(by: Self.second) &- 1
    // A change beyond what 64 bits hold leaves this moment inside.
    first = min(first, moment)
    last = max(last, moment)
  }
}

extension Int64 {
  /// The product, or the limit beyond which it lies.
  func multipliedClamped(by factor: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? ((self < 0) == (factor < 0) ? .max : .min) : product
  }
}
