import FlintColumns
import FlintCore
import Testing

/// Aggregation, joins and sorting against DuckDB.
@Suite("Aggregation, joins, sorting")
struct GroupingTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))

  static let keys: [[DataType]] = [
    [], [.int64], [.string], [.int8, .boolean], [.int64, .int64], [.string, .int32, .double],
    [.decimal(precision: 38, scale: 10)],
    [.string, .string, .string], [.int64, .int64, .int64, .date],
    [.timestamp, .decimal(precision: 38, scale: 10), .string],
  ]

  /// Adds the rows in small batches, every other one through a selection, and with `drains` in parts that are merged.
  private func aggregate(
    _ keys: [Vector], _ input: Vector, _ functions: [AggregateFunction], drains: Bool
  ) throws -> [Vector] {
    let kernels = Kernels(memory)
    let groups = try HashAggregation(keys: keys.map(\.type), functions, kernels)
    let parts = 3
    let merged = try (0..<parts).map { _ in try HashAggregation(keys: keys.map(\.type), functions, kernels) }
    func drain() throws {
      for (part, columns) in try groups.drain(parts: parts).enumerated() {
        try merged[part].merge(
          keys: Array(columns[..<keys.count]), Array(columns[keys.count...]), length: columns[0].count)
      }
    }
    var start = 0
    while start < input.count {
      let range = start..<min(start + 217, input.count)
      let inputs = functions.map { $0.input == nil ? nil : input.slice(range) }
      if start % 2 == 0 {
        try groups.add(keys: keys.map { $0.slice(range) }, inputs, length: range.count)
      } else {
        // Odd and even rows by themselves.
        for first in 0..<2 {
          let rows = try Selection(stride(from: Int32(first), to: Int32(range.count), by: 2).map { $0 }, memory)
          try groups.add(keys: keys.map { $0.slice(range) }, inputs, length: range.count, selection: rows)
        }
      }
      start = range.upperBound
      if drains { try drain() }
    }
    if !drains { return try groups.results() }
    let results = try merged.map { try $0.results() }
    return try results[0].indices.map { column in try kernels.concatenate(results.map { $0[column] }) }
  }

  @Test("functions by keys of every shape", .timeLimit(.minutes(3)), arguments: keys, [false, true])
  func aggregation(types: [DataType], drains: Bool) async throws {
    if types.isEmpty && drains { return }
    var samples = Samples(memory, seed: 51)
    let keys = try types.map { try samples.vector($0, 3000) }
    for type in [DataType.int32, .double, .decimal(precision: 9, scale: 2), .string, .date, .int8, .int16, .boolean] {
      let input = try samples.vector(type, 3000)
      let names = keys.indices.map { "\(Character(Unicode.Scalar(UInt8(97 + $0))))" }
      let value = "\(Character(Unicode.Scalar(UInt8(97 + keys.count))))"
      var functions: [(AggregateFunction, String)] = [
        (AggregateFunction(.countRows), "count(*)"), (AggregateFunction(.count, of: type), "count(\(value))"),
        (AggregateFunction(.minimum, of: type), "min(\(value))"),
        (AggregateFunction(.maximum, of: type), "max(\(value))"),
      ]
      if type == .int32 {
        functions += [
          (AggregateFunction(.sum, of: type), "sum(\(value))::bigint"),
          (AggregateFunction(.average, of: type), "avg(\(value))"),
          (AggregateFunction(.variance, of: type), "var_pop(\(value))"),
        ]
      }
      if case .decimal = type { functions.append((AggregateFunction(.sum, of: type), "sum(\(value))::decimal(19,2)")) }
      let select = (names + functions.map(\.1)).joined(separator: ", ")
      let order =
        names.isEmpty
        ? ""
        : "group by \(names.joined(separator: ", ")) order by "
          + names.map { "\($0) nulls first" }.joined(separator: ", ")
      let answers = try await Oracle(memory: memory).ask(
        "results = ask('select \(select) from t \(order)')", keys + [input],
        results: types + functions.map { $0.0.result })
      let results = try aggregate(keys, input, functions.map(\.0), drains: drains)
      let fields = results.enumerated().map { Field("\($0.offset)", $0.element.type) }
      let sorted = try Kernels(memory).sort(
        Batch(Schema(fields), results, length: results[0].count), by: types.indices.map { SortKey($0) })
      for (column, theirs) in answers.enumerated() {
        expectSame(
          sorted.columns[column], theirs, "\(types) \(fields[column]) column \(column) of \(type)", tolerance: 1e-9)
      }
    }
  }

  @Test("sums that overflow throw, or wrap around")
  func overflow() throws {
    let builder = try ValueBuilder<Int64>(.int64, capacity: 2, memory)
    for _ in 0..<2 { try builder.append(.max) }
    let numbers = try builder.finish()
    for rules in [ComputationRules.ansi, .legacy] {
      let groups = try HashAggregation(keys: [], [AggregateFunction(.sum, of: .int64)], Kernels(memory, rules: rules))
      try groups.add(keys: [], [numbers], length: 2)
      if rules == .ansi {
        let error = #expect(throws: FlintError.self) { try groups.results() }
        #expect(error?.code == .arithmeticOverflow)
      } else {
        #expect(try groups.results()[0].pointer(to: Int64.self)[0] == -2)
      }
    }
  }

  @Test("a dictionary's keys are those that it stands for, whatever dictionary comes next")
  func dictionaryKeys() throws {
    let kernels = Kernels(memory)
    let groups = try HashAggregation(keys: [.string], [AggregateFunction(.countRows)], kernels)
    for words in [["b", "a", "unused"], ["a", "c"], ["c"]] {
      let builder = try TextBuilder(.string, capacity: 3, memory)
      for word in words { try builder.append(word) }
      let codes = try ValueBuilder<Int32>(.int32, capacity: 8, memory)
      for code in 0..<8 as Range<Int32> { try codes.append(code % Int32(min(2, words.count))) }
      try codes.appendNull()
      let vector = try codes.finish(codesOf: try builder.finish())
      try groups.add(keys: [vector], [nil], length: vector.count)
    }
    let results = try groups.results()
    let counts = results[1].pointer(to: Int64.self)
    let found = (0..<results[0].count).map { row in
      results[0].isNull(row)
        ? "null \(counts[row])" : String(decoding: results[0].text(row), as: UTF8.self) + " \(counts[row])"
    }
    #expect(found.sorted() == ["a 8", "b 4", "c 12", "null 3"])
  }

  @Test(
    "joins of every kind", .timeLimit(.minutes(2)),
    arguments: [
      [DataType.int32], [.string], [.int64, .string], [.decimal(precision: 38, scale: 10)], [.boolean, .date],
    ], [5, 400])
  func joins(types: [DataType], buildCount: Int) async throws {
    let kernels = Kernels(memory)
    var samples = Samples(memory, seed: 61)
    let probeKeys = try types.map { try samples.vector($0, 700) }
    let buildKeys = try types.map { try samples.vector($0, buildCount) }
    let names = types.indices.map { "\(Character(Unicode.Scalar(UInt8(97 + $0))))" }
    let condition = names.map { "p.\($0) = q.\($0)" }.joined(separator: " and ")
    // The oracle gets the rows of both sides in one table, and which side a row is of.
    let both = try types.indices.map { try kernels.concatenate([probeKeys[$0], buildKeys[$0]]) }
    let script = """
      with_rows = "from (select * from t where n < 700) p {} join (select *, n - 700 m from t where n >= 700) q on \(condition)"
      for kind in ("", "left", "full"):
          results += ask("select coalesce(p.n, -1), coalesce(m, -1) " + with_rows.format(kind) + " order by 1, 2")
      for kind in ("semi", "anti"):
          results += ask("select p.n " + with_rows.format(kind) + " order by 1")
      """
    let answers = try await Oracle(memory: memory).ask(
      script, both, results: [DataType](repeating: .int64, count: 8))
    let fields = types.enumerated().map { Field("\($0.offset)", $0.element) }
    let build = Batch(Schema(fields), buildKeys, length: buildCount)
    for (index, kind) in [JoinKind.inner, .outer, .outer, .semi, .anti].enumerated() {
      let table = try JoinTable(build, keys: Array(types.indices), kernels)
      var pairs: [[Int64]] = []
      for range in [0..<350, 350..<700] {
        var matches = try table.matches(probeKeys.map { $0.slice(range) }, length: 350)
        while let (rows, tableRows) = try matches.next(kind, limit: 64) {
          for pair in 0..<rows.count {
            let row = Int64(rows.rows[pair]) + Int64(range.lowerBound)
            pairs.append(kind == .semi || kind == .anti ? [row] : [row, Int64(tableRows.rows[pair])])
          }
        }
      }
      if index == 2 {
        let rest = try table.unmatched()
        for row in 0..<rest.count { pairs.append([-1, Int64(rest.rows[row])]) }
      }
      let sorted = pairs.sorted { $0.lexicographicallyPrecedes($1) }
      let first = index < 3 ? 2 * index : 3 + index
      let theirs = (0..<answers[first].count).map { row in
        (first..<(index < 3 ? first + 2 : first + 1)).map { answers[$0].pointer(to: Int64.self)[row] }
      }
      #expect(sorted == theirs, "\(kind) \(index) on \(types)")
    }
  }

  @Test(
    "sorted by keys of every type, in both directions, nulls at either end", .timeLimit(.minutes(2)),
    arguments: Samples.types, [50, 4000])
  func sorting(type: DataType, count: Int) async throws {
    let kernels = Kernels(memory)
    var samples = Samples(memory, seed: 71)
    let columns = [
      try samples.vector(type, count), try samples.vector(.string, count), try samples.vector(.int32, count),
    ]
    let fields = columns.enumerated().map { Field("\($0.offset)", $0.element.type) }
    let batch = Batch(Schema(fields), columns, length: count)
    let orders: [([SortKey], String)] = [
      ([SortKey(0)], "a nulls first"), ([SortKey(0, isDescending: true)], "a desc nulls last"),
      (
        [SortKey(0, nullsFirst: false), SortKey(2, isDescending: true, nullsFirst: true)],
        "a nulls last, c desc nulls first"
      ),
      ([SortKey(2), SortKey(0, isDescending: true), SortKey(1)], "c nulls first, a desc nulls last, b nulls first"),
      ([SortKey(1, isDescending: true), SortKey(0)], "b desc nulls last, a nulls first"),
    ]
    let answers = try await Oracle(memory: memory).ask(
      "for order in \(orders.map(\.1)): results += ask(f'select n from t order by {order}, n')", columns,
      results: orders.map { _ in .int64 })
    for ((keys, sql), theirs) in zip(orders, answers) {
      let order = try kernels.order(batch, by: keys)
      #expect(
        (0..<count).map { Int64(order.rows[$0]) } == (0..<count).map { theirs.pointer(to: Int64.self)[$0] },
        "\(type) by \(sql)")
    }
  }

  @Test("wide decimals are sorted right, whether or not they fit half of their bits", arguments: [0, 1, 70])
  func wideDecimals(shift: Int) throws {
    let kernels = Kernels(memory)
    var generator = SeededGenerator(9)
    let builder = try ValueBuilder<Int128>(.decimal(precision: 38, scale: 2), capacity: 5000, memory)
    var numbers: [Int128?] = []
    for row in 0..<5000 {
      let number = Int128(Int64.random(in: row % 3 == 0 ? -9...9 : .min ... .max, using: &generator)) << Int128(shift)
      numbers.append(row % 40 == 7 ? nil : number)
      if let number = numbers[row] { try builder.append(number) } else { try builder.appendNull() }
    }
    let column = try builder.finish()
    let batch = Batch(Schema([Field("a", column.type)]), [column], length: 5000)
    for isDescending in [false, true] {
      let order = try kernels.order(batch, by: [SortKey(0, isDescending: isDescending)])
      // The standard library's sort keeps rows with equal keys in their order too.
      let expected = (0..<5000).sorted { left, right in
        switch (numbers[left], numbers[right]) {
        case (let one?, let other?): isDescending ? one > other : one < other
        case (nil, _?): !isDescending
        case (_?, nil): isDescending
        case (nil, nil): false
        }
      }
      #expect((0..<5000).map { Int(order.rows[$0]) } == expected, "descending: \(isDescending)")
    }
  }

  @Test("rows are dealt by their key, all of them and each once")
  func dealing() throws {
    let kernels = Kernels(memory)
    var samples = Samples(memory, seed: 81)
    let keys = [try samples.vector(.string, 1000), try samples.vector(.double, 1000)]
    let parts = try kernels.deal(keys, count: 1000, parts: 7)
    let rows = parts.map { part in (0..<part.count).map { Int(part.rows[$0]) } }
    #expect(rows.joined().sorted() == Array(0..<1000))
    #expect(rows.allSatisfy { (50...300).contains($0.count) }, "\(rows.map(\.count))")
    let table = try GroupTable(keys.map(\.type), kernels)
    let numbers = try table.insert(keys, length: 1000)
    var partOf: [Int32: Int] = [:]
    for (part, rows) in rows.enumerated() {
      for row in rows { #expect(partOf.updateValue(part, forKey: numbers.rows[row]).map { $0 == part } ?? true) }
    }
  }
}
