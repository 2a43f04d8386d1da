import FlintColumns
import FlintCore
import Testing

/// Window functions, first rows and merged runs against DuckDB.
@Suite("Windows, first rows, merging")
struct WindowTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))

  private func sortedBatch(_ type: DataType, seed: UInt64, count: Int = 900) throws -> Batch {
    var samples = Samples(memory, seed: seed)
    let builder = try ValueBuilder<Int64>(.int64, capacity: count, memory)
    for _ in 0..<count { try builder.append(Int64.random(in: -50...50, using: &samples.generator)) }
    let columns = [try samples.vector(.int8, count), try samples.vector(type, count), try builder.finish()]
    let schema = Schema([Field("a", .int8), Field("b", type), Field("c", .int64)])
    return try Kernels(memory).sort(Batch(schema, columns, length: count), by: [SortKey(0), SortKey(1), SortKey(2)])
  }

  static let frames: [(frame: WindowFrame, sql: String)] = [
    (.running, "range between unbounded preceding and current row"),
    (.whole, "rows between unbounded preceding and unbounded following"),
    (WindowFrame(.rows, from: .preceding(3), to: .following(1)), "rows between 3 preceding and 1 following"),
    (WindowFrame(.rows, from: .following(1), to: .following(2)), "rows between 1 following and 2 following"),
    (WindowFrame(.rows, from: .current, to: .unbounded), "rows between current row and unbounded following"),
    (WindowFrame(.groups, from: .preceding(1), to: .following(1)), "groups between 1 preceding and 1 following"),
    (WindowFrame(.groups, from: .following(1), to: .unbounded), "groups between 1 following and unbounded following"),
  ]

  @Test("functions over every frame", .timeLimit(.minutes(2)), arguments: frames, [DataType.int32, .string])
  func functions(over frame: (frame: WindowFrame, sql: String), orderedBy type: DataType) async throws {
    let batch = try sortedBatch(type, seed: 101)
    let functions: [(WindowFunction, String, DataType)] = [
      (.rank, "rank()", .int64), (.denseRank, "dense_rank()", .int64), (.percentRank, "percent_rank()", .double),
      (.cumulativeDistribution, "cume_dist()", .double), (.firstValue(column: 1), "first_value(b)", type),
      (.lastValue(column: 1), "last_value(b)", type), (.nthValue(column: 1, 2), "nth_value(b, 2)", type),
      (.aggregate(AggregateFunction(.countRows), column: nil), "count(*)", .int64),
      (.aggregate(AggregateFunction(.sum, of: .int64), column: 2), "(sum(c) over)::bigint", .int64),
      (.aggregate(AggregateFunction(.minimum, of: type), column: 1), "min(b)", type),
      (.aggregate(AggregateFunction(.average, of: .int64), column: 2), "avg(c)", .double),
    ]
    // The rows have no other order than that of their keys and numbers; n makes the oracle keep it.
    let over = "over (partition by a order by b nulls first \(frame.sql))"
    let ordered = "over (partition by a order by b nulls first, n \(frame.sql))"
    let ofPlace = ["rank()", "dense_rank()", "percent_rank()", "cume_dist()"]
    var select: [String] = []
    for (_, sql, _) in functions {
      let window = frame.sql.hasPrefix("rows") && !ofPlace.contains(sql) ? ordered : over
      let parts = sql.split(separator: " over", maxSplits: 1)
      select.append(parts.count == 2 ? "\(parts[0]) \(window)\(parts[1])" : "\(sql) \(window)")
    }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select \(select.joined(separator: ", ")) from t order by n')", batch.columns,
      results: functions.map(\.2))
    for ((function, sql, _), theirs) in zip(functions, answers) {
      let ours = try Kernels(memory).window(
        function, over: batch, partitionedBy: [0], orderedBy: [SortKey(1)], frame: frame.frame)
      expectSame(ours, theirs, "\(sql) \(frame.sql)", tolerance: 1e-12)
    }
  }

  @Test("functions of a row's place", .timeLimit(.minutes(1)))
  func places() async throws {
    let batch = try sortedBatch(.int32, seed: 102)
    let otherwise = try Kernels(memory).cast(batch.columns[2].slice(0..<1), to: .int64)
    let functions: [(WindowFunction, String, DataType)] = [
      (.rowNumber, "row_number()", .int64), (.ntile(7), "ntile(7)", .int64), (.ntile(2), "ntile(2)", .int64),
      (.lag(column: 2, by: 1, otherwise: nil), "lag(c)", .int64),
      (.lead(column: 2, by: 3, otherwise: nil), "lead(c, 3)", .int64),
      (.lag(column: 2, by: 2, otherwise: otherwise), "lag(c, 2, (select c from t where n = 0))", .int64),
    ]
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select \(functions.map { $0.1 + " over (partition by a order by n)" }.joined(separator: ", ")) from t order by n')",
      batch.columns, results: functions.map(\.2))
    for ((function, sql, _), theirs) in zip(functions, answers) {
      let ours = try Kernels(memory).window(
        function, over: batch, partitionedBy: [0], orderedBy: [SortKey(1)], frame: .running)
      expectSame(ours, theirs, sql)
    }
  }

  @Test("the first rows are those of a whole sort, and rows of merged runs too", arguments: [1, 100, 5000])
  func firstAndMerged(count: Int) throws {
    let kernels = Kernels(memory)
    var samples = Samples(memory, seed: 103)
    let schema = Schema([Field("a", .int32), Field("b", .string)])
    let keys = [SortKey(0, isDescending: true), SortKey(1)]
    let batches = try (0..<40).map { _ in
      Batch(schema, [try samples.vector(.int32, 200), try samples.vector(.string, 200)], length: 200)
    }
    let whole = try kernels.sort(try kernels.concatenate(batches, schema), by: keys)
    let top = TopRows(count, of: schema, by: keys, kernels)
    for batch in batches { try top.add(batch) }
    let first = try top.finish()
    #expect(first.length == min(count, 8000))
    for column in 0..<2 {
      expectSame(first.columns[column], whole.columns[column].slice(0..<first.length), "first rows")
    }

    // Four runs of ten batches each, sorted, and given in pieces of odd sizes.
    let runs = try (0..<4).map { run in
      try kernels.sort(try kernels.concatenate(Array(batches[run * 10..<run * 10 + 10]), schema), by: keys)
    }
    var places = [0, 0, 0, 0]
    var merge = RunMerge(4, of: schema, by: keys, limit: count, kernels)
    var merged: [Batch] = []
    loop: while true {
      switch try merge.next() {
      case .needs(let run):
        let start = places[run]
        let end = min(start + 37 + 11 * run, runs[run].length)
        try merge.give(start == end ? nil : runs[run].slice(start..<end), to: run)
        places[run] = end
      case .rows(let batch): merged.append(batch)
      case .end: break loop
      }
    }
    #expect(merged.allSatisfy { $0.length <= count })
    let all = try kernels.concatenate(merged, schema)
    for column in 0..<2 { expectSame(all.columns[column], whole.columns[column], "merged rows") }
  }
}
