internal import FlintCore

/// Decides whether a history of one register could have happened at single moments, one operation after another.
///
/// Every value is written at most once, which makes the question easy (Gibbons and Korach, 1997): the operations on one
/// value form a cluster. A cluster is forward when some operation of it ended before another began; it then holds the
/// register from the first end to the last start. The history is linearizable when no two forward clusters overlap and
/// no backward cluster lies within a forward one.
package struct Linearizability {
  private struct Cluster {
    var write: RegisterHistory.Operation
    var firstEnd: MonotonicInstant
    var lastStart: MonotonicInstant

    var isForward: Bool { firstEnd < lastStart }
    var low: MonotonicInstant { min(firstEnd, lastStart) }
    var high: MonotonicInstant { max(firstEnd, lastStart) }
  }

  /// Why `operations` cannot have happened on one register that began with 0; nil when they can.
  package static func violation(in operations: [RegisterHistory.Operation]) -> String? {
    let beginning = MonotonicInstant(nanoseconds: .min)
    var clusters: [UInt64: Cluster] = [:]
    let initial = RegisterHistory.Operation(isWrite: true, value: 0, start: beginning, end: beginning)
    for write in [initial] + operations.filter(\.isWrite) {
      precondition(clusters[write.value] == nil, "the value \(write.value) is written twice")
      clusters[write.value] = Cluster(
        write: write, firstEnd: write.end ?? .distantFuture, lastStart: write.start)
    }
    for read in operations where !read.isWrite {
      guard let end = read.end else { continue }
      guard var cluster = clusters[read.value] else { return "a read saw \(read.value), which nobody wrote" }
      guard cluster.write.start <= end else { return "a read saw \(read.value) before its write began" }
      cluster.firstEnd = min(cluster.firstEnd, end)
      cluster.lastStart = max(cluster.lastStart, read.start)
      clusters[read.value] = cluster
    }
    // A write without an answer that nobody saw may never have happened.
    let all = clusters.values.filter { $0.firstEnd != .distantFuture }.sorted { $0.low < $1.low }
    return overlap(of: all.filter(\.isForward)) ?? containment(of: all)
  }

  private static func overlap(of forward: [Cluster]) -> String? {
    for (first, second) in zip(forward, forward.dropFirst()) where second.low < first.high {
      return "the values \(first.write.value) and \(second.write.value) were each seen after the other"
    }
    return nil
  }

  private static func containment(of clusters: [Cluster]) -> String? {
    for outer in clusters where outer.isForward {
      for inner in clusters where !inner.isForward && outer.low < inner.low && inner.high < outer.high {
        return "\(inner.write.value) came and went while everybody saw \(outer.write.value)"
      }
    }
    return nil
  }
}
