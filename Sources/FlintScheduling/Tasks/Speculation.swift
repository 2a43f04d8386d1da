public import FlintCore

/// Decides when a running try is so slow that a second one beside it may be faster.
///
/// It takes part of the set to be done, so that there is something to compare with; slow is what runs longer than a multiple
/// of the median, and never less than a floor below which a copy costs more than it gains.
public struct Speculation: Hashable, Sendable {
  private let quantile: Int
  private let multiplier: Int64
  private let floor: Int64

  /// The rule that these limits describe.
  public init(limits: Limits) {
    quantile = limits.speculationQuantile
    multiplier = Int64(limits.speculationMultiplier)
    floor = limits.speculationFloor.nanoseconds
  }

  /// Whether enough tasks of `count` are done to compare with.
  public func mayCompare(done: Int, of count: Int) -> Bool { done > 0 && done * 100 >= quantile * count }

  /// How long a try may run, in nanoseconds, when the median of those that are done took `median`.
  public func patience(median: Int64) -> Int64 {
    let (product, overflow) = median.multipliedReportingOverflow(by: multiplier)
    return overflow ? .max : max(floor, product / 100)
  }
}
