import FlintColumns
import FlintCore
import Testing

/// Functions that collect values, and frames by values, against DuckDB.
@Suite("Collecting, different values, frames by values")
struct CollectingTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))
  static let kinds: [AggregateFunction.Kind] = [.collectList, .collectSet, .countDistinct, .firstRow, .lastRow]

  @Test(
    "lists, different values, first and last rows", .timeLimit(.minutes(2)),
    arguments: [DataType.int32, .string, .decimal(precision: 38, scale: 10), .boolean])
  func collecting(type: DataType) async throws {
    var samples = Samples(memory, seed: 141)
    let (keys, values) = (try samples.vector(.int8, 2000), try samples.vector(type, 2000))
    // Lists as texts; of the different ones how many there are, since they have no order there.
    let answers = try await Oracle(memory: memory).ask(
      """
      results = ask('''select a, list(b order by n) filter (b is not null), count(distinct b), first(b order by n), last(b order by n)
        from t group by a order by min(n)''')
      results[1] = pa.array([None if v is None else "\\x1f".join(format(e, "f") if hasattr(e, "scaleb") else str(e) for e in v) for v in results[1].to_pylist()], pa.string())
      """, [keys, values], results: [.int8, .string, .int64, type, type])
    let functions = Self.kinds.map { AggregateFunction($0, of: type) }
    let kernels = Kernels(memory)
    let whole = try HashAggregation(keys: [.int8], functions, kernels)
    try whole.add(keys: [keys], functions.map { _ in values }, length: 2000)
    // The same by two tables, one of which is emptied in between, that are merged.
    let merged = try HashAggregation(keys: [.int8], functions, kernels)
    for range in [0..<700, 700..<1400, 1400..<2000] {
      let part = try HashAggregation(keys: [.int8], functions, kernels)
      try part.add(keys: [keys.slice(range)], functions.map { _ in values.slice(range) }, length: range.count)
      #expect(part.heldBytes > 0)
      let partials = try part.partials()
      try merged.merge(keys: [partials[0]], Array(partials[1...]), length: partials[0].count)
    }
    for (table, name) in [(whole, "whole"), (merged, "merged")] {
      let results = try table.results()
      expectSame(results[0], answers[0], "\(name) keys")
      expectSame(try joined(results[1]), answers[1], "\(name) lists")
      expectSame(results[3], answers[2], "\(name) counts")
      expectSame(try kernels.cast(try kernels.size(results[2]), to: .int64), answers[2], "\(name) sets")
      expectSame(results[4], answers[3], "\(name) first")
      expectSame(results[5], answers[4], "\(name) last")
    }
    let drained = try whole.drain(parts: 3)
    #expect(drained.reduce(0) { $0 + $1[0].count } == answers[0].count)
    // Without rows and without keys.
    let empty = try HashAggregation(keys: [], functions, kernels).results()
    #expect(empty.map(\.count) == [1, 1, 1, 1, 1])
    #expect(empty[0].offsets[1] == 0 && empty[2].pointer(to: Int64.self)[0] == 0 && empty[3].isNull(0))
  }

  /// The elements as Python spells them; nil where there are none, as DuckDB has it.
  private func joined(_ lists: Vector) throws -> Vector {
    guard case .list(_, _, let elements) = lists.form else { throw FlintError(.invalidArgument, "no lists") }
    let texts = try Kernels(memory).cast(elements, to: .string)
    let builder = try TextBuilder(.string, capacity: lists.count, memory)
    for row in 0..<lists.count {
      let range = Int(lists.offsets[row])..<Int(lists.offsets[row + 1])
      if range.isEmpty {
        try builder.appendNull()
      } else {
        var words = range.map { String(decoding: texts.text($0), as: UTF8.self) }
        if elements.type == .boolean { words = words.map { $0 == "true" ? "True" : "False" } }
        try builder.append(words.joined(separator: "\u{1F}"))
      }
    }
    return try builder.finish()
  }

  static let frames: [(start: WindowFrame.Bound, end: WindowFrame.Bound, sql: String)] = [
    (.before(.whole(3)), .current, "range between 3 preceding and current row"),
    (.before(.whole(2)), .behind(.whole(5)), "range between 2 preceding and 5 following"),
    (.behind(.whole(1)), .behind(.whole(4)), "range between 1 following and 4 following"),
    (.before(.whole(9)), .before(.whole(4)), "range between 9 preceding and 4 preceding"),
    (.unbounded, .behind(.whole(2)), "range between unbounded preceding and 2 following"),
    (.current, .unbounded, "range between current row and unbounded following"),
  ]

  @Test("frames by values of numbers", .timeLimit(.minutes(2)), arguments: frames, [false, true])
  func ranges(
    frame: (start: WindowFrame.Bound, end: WindowFrame.Bound, sql: String), isDescending: Bool
  ) async throws {
    for type in [DataType.int32, .double, .decimal(precision: 9, scale: 0)] {
      let wanted = WindowFrame(.range, from: Self.bound(frame.start, type), to: Self.bound(frame.end, type))
      try await check(type, wanted, frame.sql, isDescending)
    }
  }

  private static func bound(_ bound: WindowFrame.Bound, _ type: DataType) -> WindowFrame.Bound {
    switch (bound, type) {
    case (.before(.whole(let number)), .double): .before(.double(Double(number)))
    case (.behind(.whole(let number)), .double): .behind(.double(Double(number)))
    default: bound
    }
  }

  @Test("frames by spans of time", .timeLimit(.minutes(1)), arguments: [DataType.timestamp, .date], [false, true])
  func spans(type: DataType, isDescending: Bool) async throws {
    let frame = WindowFrame(
      .range, from: .before(.interval(Interval(months: 1))), to: .behind(.interval(Interval(days: 20))))
    let sql = "range between interval 1 month preceding and interval 20 day following"
    try await check(type, frame, sql, isDescending)
  }

  private func check(_ type: DataType, _ frame: WindowFrame, _ sql: String, _ isDescending: Bool) async throws {
    var generator = SeededGenerator(142)
    let count = 800
    let (parts, keys) = (
      try ValueBuilder<Int8>(.int8, capacity: count, memory), try ValueBuilder<Int64>(.int64, capacity: count, memory)
    )
    for row in 0..<count {
      try parts.append(Int8.random(in: 0...9, using: &generator))
      if row % 9 == 0 { try keys.appendNull() } else { try keys.append(Int64.random(in: -30...30, using: &generator)) }
    }
    let kernels = Kernels(memory)
    var key = try keys.finish()
    if type == .timestamp || type == .date {
      let factor = try ValueBuilder<Int64>(.int64, capacity: 1, memory)
      try factor.append(5 * 86_400)
      key = try kernels.compute(.multiply, .vector(key), .constant(try factor.finish()))
      key = try kernels.cast(try kernels.cast(key, to: .timestamp), to: type)
    } else {
      key = try kernels.cast(key, to: type)
    }
    let schema = Schema([Field("a", .int8), Field("b", type), Field("c", .int64)])
    var samples = Samples(memory, seed: 143)
    let values = try kernels.cast(try samples.vector(.int8, count), to: .int64)
    let sorted = try kernels.sort(
      Batch(schema, [try parts.finish(), key, values], length: count),
      by: [SortKey(0), SortKey(1, isDescending: isDescending)])
    let over = "over (partition by a order by b \(isDescending ? "desc nulls last" : "asc nulls first") \(sql))"
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select (sum(c) \(over))::bigint, count(*) \(over), (count(c) \(over))::bigint from t order by n')",
      sorted.columns, results: [.int64, .int64, .int64])
    let functions = [
      AggregateFunction(.sum, of: .int64), AggregateFunction(.countRows), AggregateFunction(.collectList, of: .int64),
    ]
    let ours = try functions.map { function in
      try kernels.window(
        .aggregate(function, column: function.kind == .countRows ? nil : 2), over: sorted, partitionedBy: [0],
        orderedBy: [SortKey(1, isDescending: isDescending)], frame: frame)
    }
    let note = "\(type), \(sql), descending \(isDescending)"
    expectSame(ours[0], answers[0], "sum, \(note)")
    expectSame(ours[1], answers[1], "count, \(note)")
    expectSame(try kernels.cast(try kernels.size(ours[2]), to: .int64), answers[2], "lists, \(note)")
  }

  @Test("what is no frame by values, and no function over frames")
  func refusals() throws {
    var samples = Samples(memory, seed: 144)
    let schema = Schema([Field("a", .string), Field("b", .int64)])
    let batch = Batch(schema, [try samples.vector(.string, 9), try samples.vector(.int64, 9)], length: 9)
    let kernels = Kernels(memory)
    func window(_ kind: AggregateFunction.Kind, _ order: [SortKey], _ frame: WindowFrame) throws -> Vector {
      try kernels.window(
        .aggregate(AggregateFunction(kind, of: .int64), column: 1), over: batch, partitionedBy: [], orderedBy: order,
        frame: frame)
    }
    let frame = WindowFrame(.range, from: .before(.whole(1)), to: .current)
    #expect(throws: FlintError.self) { try window(.sum, [SortKey(0)], frame) }
    #expect(throws: FlintError.self) { try window(.sum, [SortKey(0), SortKey(1)], frame) }
    #expect(throws: FlintError.self) {
      try window(.sum, [SortKey(1)], WindowFrame(.range, from: .preceding(1), to: .current))
    }
    #expect(throws: FlintError.self) { try window(.countDistinct, [SortKey(1)], .running) }
  }
}
