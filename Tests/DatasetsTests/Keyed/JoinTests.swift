import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Joins, against loops over the same rows.
struct JoinTests {
  private let left = (0..<400).map { ($0 * 7 % 50, "left \($0)") }
  private let right = (0..<90).map { (20 + $0 * 3 % 60, $0) }

  @Test("the four joins and subtractByKey", arguments: [1, 4])
  func joins(partitions: Int) async throws {
    let pairs = left.flatMap { row in right.filter { $0.0 == row.0 }.map { "\(row.0) \(row.1) \($0.1)" } }
    let leftOnly = left.filter { row in !right.contains { $0.0 == row.0 } }
    let rightOnly = right.filter { row in !left.contains { $0.0 == row.0 } }
    let leftLines = leftOnly.map { "\($0.0) \($0.1) -" }
    let rightLines = rightOnly.map { "\($0.0) - \($0.1)" }
    #expect(!pairs.isEmpty && !leftOnly.isEmpty && !rightOnly.isEmpty)
    try await DirectRuntime.use { flint, _ in
      let a = flint.parallelize(left, partitions: 3)
      let b = flint.parallelize(right, partitions: 2)
      let inner = try await a.join(b, partitions: partitions).collect().map { "\($0) \($1.0) \($1.1)" }
      #expect(inner.sorted() == pairs.sorted())
      let outerLeft = try await a.leftOuterJoin(b, partitions: partitions).collect()
        .map { "\($0) \($1.0) \($1.1.map(String.init) ?? "-")" }
      #expect(outerLeft.sorted() == (pairs + leftLines).sorted())
      let outerRight = try await a.rightOuterJoin(b, partitions: partitions).collect()
        .map { "\($0) \($1.0 ?? "-") \($1.1)" }
      #expect(outerRight.sorted() == (pairs + rightLines).sorted())
      let full = try await a.fullOuterJoin(b, partitions: partitions).collect()
        .map { "\($0) \($1.0 ?? "-") \($1.1.map(String.init) ?? "-")" }
      #expect(full.sorted() == (pairs + leftLines + rightLines).sorted())
      let rest = try await a.subtractByKey(b, partitions: partitions).collect()
      #expect(rest.map(\.1).sorted() == leftOnly.map(\.1).sorted())
      let groups = try await a.cogroup(b, partitions: partitions).collect()
      #expect(Set(groups.map(\.0)) == Set(left.map(\.0) + right.map(\.0)))
      #expect(
        groups.allSatisfy { key, values in
          values.0.sorted() == left.filter { $0.0 == key }.map(\.1).sorted()
            && values.1.sorted() == right.filter { $0.0 == key }.map(\.1).sorted()
        })
    }
  }

  @Test("a side that does not fit goes to disk, hot keys included, and nothing is lost or doubled")
  func spilling() async throws {
    // Key 0 has 60 % of the right side and a part of the left: its table is filled again and again.
    let rightCount = 150_000
    let (inner, full, spills) = try await DirectRuntime.use(taskMemory: .mebibytes(2)) { flint, runtime in
      let a = flint.range(0..<600, partitions: 2).map { ($0 % 200, $0) }
      let b = flint.range(0..<rightCount, partitions: 2).map { ($0 % 5 < 3 ? 0 : $0 % 1000, $0) }
      let inner = try await a.join(b, partitions: 2).mapValues { $0.0 * 1_000_000 + $0.1 }.values().collect()
      let full = try await a.fullOuterJoin(b, partitions: 2).filter { $1.0 == nil || $1.1 == nil }
        .map { ($1.0 == nil, $1.1 == nil) }.collect()
      return (inner, full, runtime.record.spillFiles)
    }
    var (count, sum, alone) = (0, 0, 0)
    var keys: Set<Int> = []
    for row in 0..<rightCount {
      let key = row % 5 < 3 ? 0 : row % 1000
      keys.insert(key)
      if key >= 200 { alone += 1 }
      if key < 200 { for other in [key, key + 200, key + 400] { count += 1; sum &+= other * 1_000_000 + row } }
    }
    #expect(spills > 0)
    #expect(inner.count == count)
    #expect(inner.reduce(0, &+) == sum)
    #expect(full.count { $0.0 } == alone)
    #expect(full.count { $0.1 } == (0..<600).count { !keys.contains($0 % 200) })
  }

  @Test("datasets whose keys are in the same partitions are joined without an exchange")
  func copartitioned() async throws {
    try await DirectRuntime.use { flint, runtime in
      let a = flint.parallelize(left, partitions: 3).partitionBy(4)
      let b = flint.parallelize(right, partitions: 2).reduceByKey(partitions: 4, +)
      let joined = a.mapValues { $0.utf8.count }.join(b)
      #expect(joined.partitionCount == 4)
      let rows = try await joined.collect()
      #expect(runtime.record.tasks == 3 + 2 + 4)
      #expect(rows.count == left.count { row in right.contains { $0.0 == row.0 } })
    }
  }
}
