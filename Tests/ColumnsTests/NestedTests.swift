import FlintColumns
import FlintCore
import Testing

/// Lists, maps and structures: taken apart, put together and collected, against DuckDB and Python by their texts.
@Suite("Nested values")
struct NestedTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))
  static let numbers = DataType.list(Field("element", .int32))

  /// Lists of small numbers, with null among lists and elements.
  private func lists(_ count: Int, seed: UInt64) throws -> Vector {
    var generator = SeededGenerator(seed)
    let builder = try ListBuilder(Self.numbers, capacity: count, memory)
    for _ in 0..<count {
      if Int.random(in: 0..<6, using: &generator) == 0 {
        try builder.appendNull()
        continue
      }
      for _ in 0..<Int.random(in: 0..<5, using: &generator) {
        if let values = builder.elements as? ValueBuilder<Int32>, Int.random(in: 0..<5, using: &generator) > 0 {
          try values.append(Int32.random(in: -9...9, using: &generator))
        } else {
          try builder.elements.appendNull()
        }
      }
      try builder.endList()
    }
    return try builder.finish()
  }

  /// As texts, which the oracle gets and gives: `[1, null, 3]`.
  private func texts(_ vector: Vector) throws -> Vector { try Kernels(memory).cast(vector, to: .string) }

  private static let prelude = """
    def lists(array): return [None if t is None else eval(t.replace("null", "None")) for t in array.to_pylist()]
    def text(value):
        if value is None: return "null"
        if isinstance(value, list): return "[" + ", ".join(map(text, value)) + "]"
        if isinstance(value, tuple): return "{" + ", ".join(map(text, value)) + "}"
        return str(value)
    def texts(values): return pa.array([None if v is None else text(v) for v in values], pa.string())

    """

  @Test("sizes, elements and what lists hold", .timeLimit(.minutes(1)))
  func elements() async throws {
    let source = try lists(700, seed: 131).slice(5..<605)
    var samples = Samples(memory, seed: 132)
    let builder = try ValueBuilder<Int32>(.int32, capacity: 600, memory)
    for row in 0..<600 {
      if row % 11 == 0 {
        try builder.appendNull()
      } else {
        try builder.append(Int32.random(in: -2...5, using: &samples.generator))
      }
    }
    let numbers = try builder.finish()
    let answers = try await Oracle(memory: memory).ask(
      Self.prelude + """
        a, b = lists(columns[0]), columns[1].to_pylist()
        results = [
            pa.array([None if l is None else len(l) for l in a], pa.int32()),
            pa.array([-1 if l is None else len(l) for l in a], pa.int32()),
            pa.array([l[n] if l is not None and n is not None and 0 <= n < len(l) else None for l, n in zip(a, b)], pa.int32()),
            pa.array([None if l is None or n is None else True if n in l else None if None in l else False for l, n in zip(a, b)]),
            texts([[l, l] for l in a]), texts([(n, l) for l, n in zip(a, b)])]
        """, [try texts(source), numbers], results: [.int32, .int32, .int32, .boolean, .string, .string])
    let kernels = Kernels(memory)
    expectSame(try kernels.size(source), answers[0], "size")
    expectSame(try Kernels(memory, rules: .legacy).size(source), answers[1], "legacy size")
    expectSame(try kernels.element(source, at: .vector(numbers)), answers[2], "element")
    expectSame(try kernels.contains(source, .vector(numbers)), answers[3], "contains")
    expectSame(try texts(try kernels.list([.vector(source), .vector(source)])), answers[4], "lists made")
    let pair = try kernels.structure(
      [Field("n", .int32), Field("l", Self.numbers)], [.vector(numbers), .vector(source)])
    expectSame(try texts(pair), answers[5], "structures made")
    expectSame(try texts(try kernels.part(1, of: pair)), try texts(source), "parts of structures")
  }

  @Test("a row for each element", .timeLimit(.minutes(1)), arguments: [false, true])
  func explosion(keepsEmpty: Bool) async throws {
    let source = try lists(500, seed: 133).slice(3..<500)
    let answers = try await Oracle(memory: memory).ask(
      Self.prelude + """
        rows, places, values = [], [], []
        for row, each in enumerate(lists(columns[0])):
            for place, value in enumerate(each or []):
                rows.append(row); places.append(place); values.append(value)
            if \(keepsEmpty ? "True" : "False") and not each:
                rows.append(row); places.append(None); values.append(None)
        results = [pa.array(each, pa.int32()) for each in (rows, places, values)]
        """, [try texts(source)], results: [.int32, .int32, .int32])
    let exploded = try Kernels(memory).explode(source, keepsEmpty: keepsEmpty)
    #expect(exploded.rows.count == answers[0].count)
    for index in 0..<exploded.rows.count {
      #expect(exploded.rows.rows[index] == answers[0].pointer(to: Int32.self)[index])
    }
    expectSame(exploded.positions, answers[1], "positions")
    expectSame(exploded.values[0], answers[2], "values")
    #expect(try Kernels(memory).explode(source.slice(0..<0)).rows.count == 0)
  }

  @Test("lists side by side", .timeLimit(.minutes(1)))
  func zipping() async throws {
    let (one, two) = (try lists(400, seed: 134), try lists(405, seed: 135).slice(5..<405))
    let answers = try await Oracle(memory: memory).ask(
      Self.prelude + """
        import itertools
        a, b = map(lists, columns)
        results = [texts([None if x is None or y is None else list(itertools.zip_longest(x, y)) for x, y in zip(a, b)])]
        """, [try texts(one), try texts(two)], results: [.string])
    let ours = try Kernels(memory).zipLists([one, two], names: ["a", "b"])
    #expect(ours.type.description == "array<struct<a:int,b:int>>")
    expectSame(try texts(ours), answers[0], "zipped")
  }

  @Test("maps: sizes, rows and values of keys")
  func maps() throws {
    let type = DataType.map(key: Field("key", .string, isNullable: false), value: Field("value", .int32))
    let builder = try MapBuilder(type, capacity: 4, memory)
    for pairs in [[("a", 1), ("b", 2)], [], [("b", 3)]] as [[(String, Int32)]] {
      for (key, value) in pairs {
        try (builder.keys as? TextBuilder)?.append(key)
        try (builder.values as? ValueBuilder<Int32>)?.append(value)
      }
      try builder.endMap()
    }
    try builder.appendNull()
    let maps = try builder.finish()
    let kernels = Kernels(memory)
    let key = try TextBuilder(.string, capacity: 1, memory)
    try key.append("b")
    let values = try kernels.value(maps, of: .constant(try key.finish()))
    #expect((0..<4).map { values.isNull($0) ? nil : values.pointer(to: Int32.self)[$0] } == [2, nil, 3, nil])
    #expect(try kernels.size(maps).pointer(to: Int32.self)[0] == 2)
    #expect(try kernels.explode(maps).values.map(\.count) == [3, 3])
  }

  @Test("texts split, joined and cut", .timeLimit(.minutes(1)))
  func texts() async throws {
    var samples = Samples(memory, seed: 136)
    let (source, other) = (try samples.vector(.string, 900), try samples.vector(.string, 900))
    let places = try ValueBuilder<Int32>(.int32, capacity: 900, memory)
    for _ in 0..<900 { try places.append(Int32.random(in: -6...6, using: &samples.generator)) }
    let numbers = try places.finish()
    let answers = try await Oracle(memory: memory).ask(
      Self.prelude + #"""
        a, b, c = (column.to_pylist() for column in columns)
        def cut(text, first, count):
            start = first - 1 if first > 0 else 0 if first == 0 else len(text) + first
            return text[max(start, 0):max(start + count, 0)]
        results = [
            texts([None if t is None else t.split("a") for t in a]),
            texts([None if t is None else t.split("a", 1) for t in a]),
            texts([None if t is None else list(t) or [""] for t in a]),
            pa.array(["-".join(t for t in pair if t is not None) for pair in zip(a, b)]),
            pa.array([None if t is None else t.strip("a é") for t in a]),
            pa.array([None if t is None else cut(t, n, 3) for t, n in zip(a, c)]),
            pa.array([None if t is None else " ".join(w[:1].title() + w[1:] for w in t.lower().split(" ")) for t in a])]
        """#, [source, other, numbers], results: [DataType](repeating: .string, count: 7))
    let kernels = Kernels(memory)
    expectSame(try texts(try kernels.split(source, separator: "a")), answers[0], "split")
    expectSame(try texts(try kernels.split(source, separator: "a", limit: 2)), answers[1], "split once")
    expectSame(try texts(try kernels.split(source, separator: "")), answers[2], "characters")
    expectSame(try kernels.joinTexts([.vector(source), .vector(other)], separator: "-"), answers[3], "joined")
    expectSame(try kernels.trim(source, "a é"), answers[4], "trimmed")
    let three = try ValueBuilder<Int32>(.int32, capacity: 1, memory)
    try three.append(3)
    let ours = try kernels.substring(.vector(source), from: .vector(numbers), count: .constant(try three.finish()))
    expectSame(ours, answers[5], "parts by row")
    expectSame(try kernels.capitalized(source), answers[6], "capitals")
  }
}
