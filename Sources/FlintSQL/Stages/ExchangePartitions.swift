/// Into how many partitions an exchange deals rows.
///
/// A table of fewer keys stays closer to the processor, and its memory serves the next task; but each task has a price, and a
/// plan of many small exchanges would pay little else. So the number follows from what is known of the rows beforehand.
struct ExchangePartitions {
  /// What the user demands; nil for as many as are good for the rows.
  let fixed: Int?
  /// Tasks that can run at once.
  let parallelism: Int

  /// Bytes that are worth a partition, while there are few of them.
  private static let small = 8.0 * 1024 * 1024
  /// Waves of tasks up to which there are few.
  private static let waves = 4
  /// Bytes that are a partition of their own among many.
  private static let large = 64.0 * 1024 * 1024
  /// Partitions at most, unless more tasks can run at once: each map task has a block for each of them.
  private static let most = 200

  /// The number when nothing is known of the rows.
  var least: Int { fixed ?? parallelism }

  /// The number for the rows of some plans together.
  func count(_ plans: [LogicalPlan]) -> Int {
    if let fixed { return fixed }
    guard plans.allSatisfy(\.hasKnownTables) else { return parallelism }
    let bytes = plans.reduce(0) { $0 + Estimate($1).rows * Double($1.rowWidth) }
    let few = min(bytes / Self.small, Double(Self.waves * parallelism))
    return max(parallelism, Int(min(max(few, bytes / Self.large), Double(Self.most))))
  }
}
