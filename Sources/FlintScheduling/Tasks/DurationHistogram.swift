/// How long tries took, in steps of at most a sixteenth, in a place that does not grow with their number.
struct DurationHistogram: Sendable {
  /// Sixteen steps for each doubling.
  private var counts: [UInt32] = []
  private(set) var count = 0

  /// Adds a time in nanoseconds.
  mutating func add(_ nanoseconds: Int64) {
    let step = Self.step(of: UInt64(max(0, nanoseconds)))
    if step >= counts.count { counts.append(contentsOf: repeatElement(0, count: step + 1 - counts.count)) }
    counts[step] += 1
    count += 1
  }

  /// The time that half of them did not exceed, rounded down to its step; nil when there is none.
  var median: Int64? {
    var left = (count + 1) / 2
    for (step, number) in counts.enumerated() where number > 0 {
      left -= Int(number)
      if left <= 0 { return Self.least(of: step) }
    }
    return nil
  }

  private static func step(of value: UInt64) -> Int {
    guard value >= 16 else { return Int(value) }
    let exponent = 63 - value.leadingZeroBitCount
    return (exponent - 3) * 16 + Int((value >> UInt64(exponent - 4)) & 15)
  }

  private static func least(of step: Int) -> Int64 {
    guard step >= 16 else { return Int64(step) }
    let (exponent, part) = (step / 16 + 3, step % 16)
    return Int64(16 + part) << Int64(exponent - 4)
  }
}
