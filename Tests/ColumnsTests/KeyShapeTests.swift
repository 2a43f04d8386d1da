import FlintColumns
import FlintCore
import Testing

/// Keys and sums of the shapes that tables have ways of their own for, against DuckDB.
@Suite("Keys close together, keys that are few")
struct KeyShapeTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))

  /// How whole numbers may lie to each other.
  enum Shape: CaseIterable {
    case rising, falling, close, closeBelowZero, apart, sparse, closeWithStrangers, closeThenSparse, extremes
  }

  private func numbers(_ shape: Shape, _ count: Int, seed: UInt64, hasNulls: Bool = true) throws -> Vector {
    var generator = SeededGenerator(seed)
    func random(_ range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &generator) }
    let builder = try ValueBuilder<Int64>(.int64, capacity: count, memory)
    for row in 0..<Int64(count) {
      if hasNulls, random(0..<40) == 0 {
        try builder.appendNull()
        continue
      }
      let number =
        switch shape {
        case .rising: row / 2 * 3
        case .falling: -row / 2 * 3
        case .close: random(0..<9000)
        case .closeBelowZero: random(-5000..<1000)
        case .apart: random(-4500..<4500) * 61
        case .sparse: random(0..<9000) << 40
        case .closeWithStrangers: random(0..<50) == 0 ? [-1, .max, .min, 1 << 40][Int(row & 3)] : random(5000..<9000)
        case .closeThenSparse: row < count / 2 ? random(0..<4000) : random(0..<9000) << 33
        case .extremes: random(0..<2) == 0 ? .max - random(0..<3000) : .min + random(0..<3000)
        }
      try builder.append(number)
    }
    return try builder.finish()
  }

  @Test("groups of whole numbers", .timeLimit(.minutes(1)), arguments: Shape.allCases)
  func groups(shape: Shape) async throws {
    let kernels = Kernels(memory)
    let count = 20_000
    let keys = try numbers(shape, count, seed: 91)
    var samples = Samples(memory, seed: 92)
    let values = try samples.vector(.int32, count)
    let groups = try HashAggregation(
      keys: [.int64], [AggregateFunction(.sum, of: .int32), AggregateFunction(.countRows)], kernels)
    var start = 0
    for length in [3000, 1, 700, 9000, 7299] {
      let range = start..<start + length
      try groups.add(keys: [keys.slice(range)], [values.slice(range), nil], length: length)
      start += length
    }
    let results = try groups.results()
    let fields = results.enumerated().map { Field("\($0.offset)", $0.element.type) }
    let sorted = try kernels.sort(Batch(Schema(fields), results, length: results[0].count), by: [SortKey(0)])
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select a, sum(b)::bigint, count(*) from t group by a order by a nulls first')", [keys, values],
      results: [.int64, .int64, .int64])
    for (column, theirs) in answers.enumerated() { expectSame(sorted.columns[column], theirs, "\(shape) \(column)") }
  }

  @Test("joins of whole numbers", .timeLimit(.minutes(2)), arguments: Shape.allCases, [false, true])
  func joins(shape: Shape, nullsMatch: Bool) async throws {
    // Where no null is looked for there are other ways.
    for hasNulls in [true, false] { try await join(shape, nullsMatch: nullsMatch, hasNulls: hasNulls) }
  }

  private func join(_ shape: Shape, nullsMatch: Bool, hasNulls: Bool) async throws {
    let kernels = Kernels(memory)
    let buildCount = 9000
    let build = try numbers(shape, buildCount, seed: 93)
    let probe = try kernels.concatenate(
      [(shape, 1500), (.sparse, 300), (.extremes, 200), (.closeBelowZero, 200)].enumerated().map { seed, part in
        try numbers(part.0, part.1, seed: UInt64(94 + seed), hasNulls: hasNulls)
      })
    let table = try JoinTable(
      Batch(Schema([Field("key", .int64)]), [build], length: buildCount), keys: [0], nullsMatch: nullsMatch, kernels)
    var matches = try table.matches([probe], length: probe.count)
    let ours = try ValueBuilder<Int64>(.int64, capacity: probe.count, memory)
    var counts = [Int64](repeating: 0, count: probe.count)
    while let (rows, tableRows) = try matches.next(.inner, limit: 512) {
      for pair in 0..<rows.count {
        let (row, other) = (Int(rows.rows[pair]), Int(tableRows.rows[pair]))
        counts[row] += 1
        #expect(probe.isNull(row) ? build.isNull(other) : value(probe, row) == value(build, other))
      }
    }
    for count in counts { try ours.append(count) }
    let answers = try await Oracle(memory: memory).ask(
      """
      results = ask('''with q as (select b, count(*) m from t where n < \(buildCount) group by b)
        select coalesce(m, 0) from t left join q on \(nullsMatch ? "t.a is not distinct from q.b" : "t.a = q.b")
        where n < \(probe.count) order by n''')
      """, [try padded(probe, buildCount), build], results: [.int64])
    expectSame(try ours.finish(), answers[0], "\(shape), nulls: \(hasNulls)")
  }

  private func value(_ vector: Vector, _ row: Int) -> Int64 { vector.pointer(to: Int64.self)[row] }

  /// The same values, and nulls behind them.
  private func padded(_ vector: Vector, _ count: Int) throws -> Vector {
    let kernels = Kernels(memory)
    return try kernels.concatenate([vector, try kernels.nulls(vector.type, count: count - vector.count)])
  }

  @Test("a join in which each row has one pair takes the other side's columns as they are")
  func joinOfEach() throws {
    let kernels = Kernels(memory)
    let keys = try ValueBuilder<Int64>(.int64, capacity: 5000, memory)
    for number in 0..<5000 as Range<Int64> { try keys.append(number * 2) }
    let build = try keys.finish()
    let table = try JoinTable(Batch(Schema([Field("key", .int64)]), [build], length: 5000), keys: [0], kernels)
    let probe = build.slice(7..<4007)
    var matches = try table.matches([probe], length: 4000)
    var start = 0
    while let (rows, tableRows) = try matches.next(.inner, limit: 999) {
      let ours = try kernels.take(probe, rows)
      expectSame(ours, probe.slice(start..<start + rows.count), "rows from \(start) on")
      expectSame(try kernels.take(build, tableRows), ours, "their pairs")
      #expect((0..<rows.count).allSatisfy { Int(rows.rows[$0]) == start + $0 })
      start += rows.count
    }
    #expect(start == 4000)
  }

  /// Texts that differ at their beginning, in their middle or at their end alone.
  private func texts(_ count: Int, _ lengths: [Int], seed: UInt64) throws -> Vector {
    var generator = SeededGenerator(seed)
    let builder = try TextBuilder(.string, capacity: count, memory)
    for _ in 0..<count {
      if Int.random(in: 0..<30, using: &generator) == 0 {
        try builder.appendNull()
        continue
      }
      var text = [UInt8](repeating: 97, count: lengths.randomElement(using: &generator) ?? 0)
      if !text.isEmpty, Bool.random(using: &generator) {
        text[Int.random(in: text.indices, using: &generator)] = 98
      }
      try builder.append(text)
    }
    return try builder.finish()
  }

  static let lengths = [[0, 1], [1], [2, 7, 8, 9], [16, 17, 24, 25], [0, 1, 3, 40]]

  @Test("sums of few keys, also of numbers that nearly fill their type", .timeLimit(.minutes(1)), arguments: lengths)
  func fewKeys(lengths: [Int]) async throws {
    let kernels = Kernels(memory)
    let count = 9000
    let keys = [try texts(count, lengths, seed: 97), try texts(count, [1, 4], seed: 98)]
    let narrow = try ValueBuilder<Int64>(.int64, capacity: count, memory)
    let wide = try ValueBuilder<Int128>(.decimal(precision: 28, scale: 2), capacity: count, memory)
    var generator = SeededGenerator(99)
    for row in 0..<count {
      // Only the last rows are so large that a sum of a batch of them might overflow.
      let isLarge = row > 7000 && Int.random(in: 0..<500, using: &generator) == 0
      let number = isLarge ? Int64.random(in: -(1 << 58)...1 << 58, using: &generator) : Int64(row * 13 - 50_000)
      if row % 11 == 3 { try narrow.appendNull() } else { try narrow.append(number) }
      if row % 7 == 1 { try wide.appendNull() } else { try wide.append(Int128(number) * (isLarge ? 1 << 30 : 3)) }
    }
    let inputs = [try narrow.finish(), try wide.finish()]
    let functions: [(AggregateFunction, input: Int?, sql: String)] = [
      (AggregateFunction(.sum, of: .int64), 0, "sum(c)::bigint"),
      (AggregateFunction(.average, of: .int64), 0, "avg(c)"),
      (AggregateFunction(.count, of: .int64), 0, "count(c)"), (AggregateFunction(.countRows), nil, "count(*)"),
      (AggregateFunction(.sum, of: inputs[1].type), 1, "sum(d)::decimal(38,2)"),
    ]
    let groups = try HashAggregation(keys: [.string, .string], functions.map(\.0), kernels)
    for (index, start) in stride(from: 0, to: count, by: 3000).enumerated() {
      let range = start..<start + 3000
      // All rows, or most, or few of them.
      let step = [1, 3, 9][index]
      for first in 0..<step {
        let rows = try Selection(stride(from: Int32(first), to: 3000, by: step).map { $0 }, memory)
        try groups.add(
          keys: keys.map { $0.slice(range) }, functions.map { $0.input.map { inputs[$0].slice(range) } }, length: 3000,
          selection: step == 1 ? nil : rows)
      }
    }
    let results = try groups.results()
    let fields = results.enumerated().map { Field("\($0.offset)", $0.element.type) }
    let sorted = try kernels.sort(
      Batch(Schema(fields), results, length: results[0].count), by: [SortKey(0), SortKey(1)])
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select a, b, \(functions.map(\.sql).joined(separator: ", ")) from t group by a, b "
        + "order by a nulls first, b nulls first')", keys + inputs, results: fields.map(\.type))
    for (column, theirs) in answers.enumerated() {
      expectSame(sorted.columns[column], theirs, "\(lengths) column \(column)", tolerance: 1e-12)
    }
  }

  @Test("a sum of few keys that overflows throws, whatever stands under null")
  func overflow() throws {
    let kernels = Kernels(memory)
    let keys = try ValueBuilder<Int32>(.int32, capacity: 100, memory)
    let values = try ValueBuilder<Int64>(.int64, capacity: 100, memory)
    for row in 0..<100 as Range<Int32> {
      try keys.append(row % 2)
      if row == 50 { try values.appendNull() } else { try values.append(row == 99 ? .max : Int64(row)) }
    }
    values.values[50] = .max
    let (key, value) = (try keys.finish(), try values.finish())
    let sum = AggregateFunction(.sum, of: .int64)
    let groups = try HashAggregation(keys: [.int32], [sum], kernels)
    try groups.add(keys: [key.slice(0..<98)], [value.slice(0..<98)], length: 98)
    #expect(try groups.results()[1].pointer(to: Int64.self)[0] == 2302)
    try groups.add(keys: [key], [value], length: 100)
    let error = #expect(throws: FlintError.self) { try groups.results() }
    #expect(error?.code == .arithmeticOverflow)
  }
}
