import FlintColumns
import FlintCore
import Testing

/// Functions in which each value of a key counts once, against DuckDB.
@Suite("Values that count once")
struct DistinctTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))

  /// Adds the rows in small batches, every other one through selections.
  private func add(_ keys: Vector, _ input: Vector, to groups: HashAggregation, functions: Int) throws {
    for start in stride(from: 0, to: input.count, by: 317) {
      let range = start..<min(start + 317, input.count)
      let inputs = (0..<functions).map { $0 == 0 ? nil : input.slice(range) }
      if start % 2 == 0 {
        try groups.add(keys: [keys.slice(range)], inputs, length: range.count)
      } else {
        for first in 0..<2 {
          let rows = try Selection(stride(from: Int32(first), to: Int32(range.count), by: 2).map { $0 }, memory)
          try groups.add(keys: [keys.slice(range)], inputs, length: range.count, selection: rows)
        }
      }
    }
  }

  /// The same keys and values in another table, by the way they go when there is no memory for them.
  private func moved(_ groups: HashAggregation, _ functions: [AggregateFunction], _ key: DataType) throws
    -> HashAggregation
  {
    let other = try HashAggregation(keys: [key], functions, Kernels(memory))
    for (number, function) in functions.enumerated() where function.isDistinct {
      // Twice, as when the same value went before and after a table left memory.
      for piece in (0..<groups.valuePieces(of: number)).flatMap({ [$0, $0] }) {
        let columns = try groups.values(of: number, piece: piece)
        try other.add(keys: [columns[0]], values: columns[1], of: number, length: columns[0].count)
      }
    }
    let partials = try groups.drain(parts: 1)[0]
    try other.merge(keys: [partials[0]], Array(partials[1...]), length: partials[0].count)
    return other
  }

  @Test("of each type", .timeLimit(.minutes(2)), arguments: Samples.types, [false, true])
  func types(type: DataType, isMoved: Bool) async throws {
    var samples = Samples(memory, seed: 71)
    let count = 4000
    let keys = try samples.vector(.int8, count)
    let input = try samples.vector(type, count)
    var functions = [(AggregateFunction(.countRows), "count(*)")]
    functions.append((AggregateFunction(.count, of: type, isDistinct: true), "count(distinct b)"))
    functions.append((AggregateFunction(.count, of: type), "count(b)"))
    if [.int8, .int16, .int32].contains(type) {
      functions.append((AggregateFunction(.sum, of: type, isDistinct: true), "sum(distinct b)::bigint"))
      functions.append((AggregateFunction(.average, of: type, isDistinct: true), "avg(distinct b)"))
    }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select a, \(functions.map(\.1).joined(separator: ", ")) from t group by a order by a nulls first')",
      [keys, input], results: [.int8] + functions.map { $0.0.result })
    let kernels = Kernels(memory)
    var groups = try HashAggregation(keys: [.int8], functions.map(\.0), kernels)
    try add(keys, input, to: groups, functions: functions.count)
    if isMoved { groups = try moved(groups, functions.map(\.0), .int8) }
    let results = try groups.results()
    let fields = results.enumerated().map { Field("\($0.offset)", $0.element.type) }
    let sorted = try kernels.sort(Batch(Schema(fields), results, length: results[0].count), by: [SortKey(0)])
    for (column, theirs) in answers.enumerated() {
      expectSame(sorted.columns[column], theirs, "\(type), column \(column)", tolerance: 1e-9)
    }
  }

  @Test("many values, of which the table must grow, and of pairs", .timeLimit(.minutes(1)))
  func many() async throws {
    let kernels = Kernels(memory)
    let count = 150_000
    var generator = SeededGenerator(5)
    func numbers(_ range: Range<Int32>) throws -> Vector {
      let builder = try ValueBuilder<Int32>(.int32, capacity: count, memory)
      for row in 0..<count {
        if row % 50 == 0 { try builder.appendNull() } else { try builder.append(.random(in: range, using: &generator)) }
      }
      return try builder.finish()
    }
    let (keys, first, second) = (try numbers(0..<900), try numbers(-40_000..<40_000), try numbers(0..<3))
    let answers = try await Oracle(memory: memory).ask(
      """
      results = ask('''select a, count(distinct b),
        count(distinct case when b is not null and c is not null then {'b': b, 'c': c} end)
        from t group by a order by a nulls first''')
      """, [keys, first, second], results: [.int32, .int64, .int64])
    let fields = [Field("b", .int32), Field("c", .int32)]
    let pairs = try kernels.structure(fields, [.vector(first), .vector(second)], isNullWithAny: true)
    let groups = try HashAggregation(
      keys: [.int32],
      [
        AggregateFunction(.count, of: .int32, isDistinct: true),
        AggregateFunction(.count, of: .structure(fields), isDistinct: true),
      ], kernels)
    for start in stride(from: 0, to: count, by: 16_000) {
      let range = start..<min(start + 16_000, count)
      try groups.add(
        keys: [keys.slice(range)], [first.slice(range), pairs.slice(range)], length: range.count)
    }
    let results = try groups.results()
    let sorted = try kernels.sort(
      Batch(Schema([Field("a", .int32), Field("b", .int64), Field("c", .int64)]), results, length: results[0].count),
      by: [SortKey(0)])
    for (column, theirs) in answers.enumerated() { expectSame(sorted.columns[column], theirs, "column \(column)") }
  }
}
