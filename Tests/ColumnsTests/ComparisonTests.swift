import FlintColumns
import FlintCore
import Testing

/// Comparisons and three-valued logic as DuckDB has them.
@Suite("Comparisons and logic")
struct ComparisonTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  @Test("all operators of all types", .timeLimit(.minutes(2)), arguments: Samples.types)
  func operators(type: DataType) async throws {
    let kernels = Kernels(memory)
    for count in [0, 1, 777] {
      var samples = Samples(memory, seed: UInt64(count) + 1)
      let left = try samples.vector(type, count)
      let right = try samples.vector(type, count)
      let answers = try await Oracle(memory: memory).ask(
        """
        results = ask("select a = b, a <> b, a < b, a <= b, a > b, a >= b, a is not distinct from b from t order by n")
        results += ask("with c as (select min(b) m from t where n = 3) select a < m, a >= m, a = m from t, c order by n")
        """, [left, right], results: [DataType](repeating: .boolean, count: 10))
      for (comparison, theirs) in zip(ComparisonOperator.allCases, answers) {
        let ours = try kernels.compare(comparison, .vector(left), .vector(right))
        expectSame(ours, theirs, "\(type) \(comparison), \(count) rows")
      }
      expectSame(
        try kernels.isSame(.vector(left), .vector(right)), answers[6], "\(type) is not distinct, \(count) rows")
      if count > 3 {
        let constant = Operand.constant(right.slice(3..<4))
        for (comparison, theirs) in zip([ComparisonOperator.less, .greaterOrEqual, .equal], answers[7...]) {
          expectSame(
            try kernels.compare(comparison, .vector(left), constant), theirs, "\(type) \(comparison) a constant")
          let swapped = try kernels.compare(
            comparison == .less ? .greater : comparison == .equal ? .equal : .lessOrEqual, constant, .vector(left))
          expectSame(swapped, theirs, "a constant \(comparison) \(type)")
        }
      }
    }
  }

  @Test("and, or, not, null or not")
  func logic() async throws {
    let kernels = Kernels(memory)
    for count in [0, 1, 64, 999] {
      var samples = Samples(memory, seed: UInt64(count) + 50)
      let left = try samples.vector(.boolean, count)
      let right = try samples.vector(.boolean, count)
      let answers = try await Oracle(memory: memory).ask(
        "results = ask('select a and b, a or b, not a, a is null, a is not null, a and true, a or null from t order by n')",
        [left, right], results: [DataType](repeating: .boolean, count: 7))
      let one = Operand.vector(left)
      let two = Operand.vector(right)
      let yes = try BitBuilder(capacity: 1, memory)
      try yes.append(true)
      let ours = [
        try kernels.and(one, two), try kernels.or(one, two), try kernels.not(one), try kernels.isNull(one),
        try kernels.isNotNull(one), try kernels.and(one, .constant(try yes.finish())),
        try kernels.or(one, .constant(try kernels.nulls(.boolean, count: 1))),
      ]
      for (index, (ours, theirs)) in zip(ours, answers).enumerated() {
        expectSame(ours, theirs, "function \(index), \(count) rows")
      }
    }
  }

  @Test("a selection names the rows in which a condition is true, and only those")
  func selections() throws {
    let kernels = Kernels(memory)
    for count in [0, 1, 63, 64, 65, 1000] {
      var samples = Samples(memory, seed: UInt64(count) + 90)
      let condition = try samples.vector(.boolean, count)
      let other = try samples.vector(.boolean, count)
      let isTrue = (0..<count).filter { !condition.isNull($0) && condition.bits[$0] }
      let selection = try kernels.selection(of: condition)
      #expect((0..<selection.count).map { Int(selection.rows[$0]) } == isTrue)
      let both = try kernels.selection(of: other, within: selection)
      #expect((0..<both.count).map { Int(both.rows[$0]) } == isTrue.filter { !other.isNull($0) && other.bits[$0] })
    }
    let all = try BitBuilder(capacity: 128, memory)
    for _ in 0..<128 { try all.append(true) }
    #expect(try kernels.selection(of: try all.finish()).count == 128)
  }

  @Test("values of a dictionary are compared as those that it stands for")
  func dictionaries() throws {
    let kernels = Kernels(memory)
    let words = try TextBuilder(.string, capacity: 3, memory)
    for word in ["b", "a", "c"] { try words.append(word) }
    let dictionary = try words.finish()
    let codes = try ValueBuilder<Int32>(.int32, capacity: 9, memory)
    for code in [0, 1, 2, 2, 1, 0, 1] as [Int32] { try codes.append(code) }
    try codes.appendNull()
    let vector = try codes.finish(codesOf: dictionary)
    let plain = try vector.flat(memory)
    let constant = Operand.constant(dictionary.slice(0..<1))
    for comparison in ComparisonOperator.allCases {
      let ours = try kernels.compare(comparison, .vector(vector), constant)
      expectSame(ours, try kernels.compare(comparison, .vector(plain), constant), "\(comparison)")
      expectSame(
        try kernels.compare(comparison, .vector(vector), .vector(plain)),
        try kernels.compare(comparison, .vector(plain), .vector(plain)), "\(comparison)")
    }
  }

  @Test("nested values are ordered element by element")
  func nested() throws {
    let kernels = Kernels(memory)
    let builder = try ListBuilder(.list(Field("element", .int32)), capacity: 4, memory)
    let elements = try #require(builder.elements as? ValueBuilder<Int32>)
    for list in [[1, 2], [1], [2], [], [1, 2]] as [[Int32]] {
      for element in list { try elements.append(element) }
      try builder.endList()
    }
    let lists = try builder.finish()
    let order = try kernels.order(
      Batch(Schema([Field("l", lists.type)]), [lists], length: 5), by: [SortKey(0)])
    #expect((0..<5).map { order.rows[$0] } == [3, 1, 0, 4, 2])
  }

  @Test("choosing takes from one side or the other")
  func choices() async throws {
    let kernels = Kernels(memory)
    for type in [DataType.int32, .string, .decimal(precision: 38, scale: 10), .boolean] {
      var samples = Samples(memory, seed: 5)
      let columns = [try samples.vector(.boolean, 500), try samples.vector(type, 500), try samples.vector(type, 500)]
      let answers = try await Oracle(memory: memory).ask(
        "results = ask('select case when a then b else c end, coalesce(b, c) from t order by n')", columns,
        results: [type, type])
      expectSame(try kernels.choose(columns[0], .vector(columns[1]), .vector(columns[2])), answers[0], "choose \(type)")
      expectSame(try kernels.coalesce([.vector(columns[1]), .vector(columns[2])]), answers[1], "coalesce \(type)")
    }
  }
}
