import FlintColumns
import FlintCore
import Testing

/// Taking, cutting and joining vectors, against pyarrow.
@Suite("Moving values")
struct MovingTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  @Test("taken and concatenated as pyarrow does it", .timeLimit(.minutes(1)), arguments: Samples.types)
  func moving(type: DataType) async throws {
    let kernels = Kernels(memory)
    var samples = Samples(memory, seed: 41)
    let source = try samples.vector(type, 300)
    let other = try samples.vector(type, 77, hasNulls: false)
    let numbers = (0..<500).map { _ in Int32.random(in: -1..<300, using: &samples.generator) }
    let builder = try ValueBuilder<Int32>(.int32, capacity: 500, memory)
    for number in numbers { try builder.append(number) }
    let answers = try await Oracle(memory: memory).ask(
      """
      import pyarrow.compute as pc
      rows = pc.if_else(pc.less(columns[2], 0), None, columns[2])
      cut = columns[0].slice(13, 200)
      results = [columns[0].take(rows), pa.concat_arrays([cut, columns[1], columns[0]]), pa.concat_arrays([cut, cut])]
      """, [source, other, try builder.finish()], results: [type, type, type])
    expectSame(try kernels.take(source, try RowNumbers(numbers, memory)), answers[0], "\(type) taken")
    let cut = source.slice(13..<213)
    expectSame(try kernels.concatenate([cut, other, source]), answers[1], "\(type) concatenated")
    expectSame(try kernels.concatenate([cut, cut.slice(0..<0), cut]), answers[2], "\(type) with an empty one")
    expectSame(
      try kernels.take(source.slice(0..<0), try RowNumbers([-1, -1], memory)), try kernels.nulls(type, count: 2),
      "\(type), none")
  }

  @Test("texts of different dictionaries get one of all different texts, unless too few rows share one")
  func mergedDictionaries() throws {
    let kernels = Kernels(memory)
    func texts(_ words: [String], _ codes: [Int32?]) throws -> Vector {
      let dictionary = try TextBuilder(.string, capacity: words.count, memory)
      for word in words { try dictionary.append(word) }
      let builder = try ValueBuilder<Int32>(.int32, capacity: codes.count, memory)
      for code in codes { if let code { try builder.append(code) } else { try builder.appendNull() } }
      return try builder.finish(codesOf: try dictionary.finish())
    }
    let first = try texts(["b", "a", "unused"], [1, nil, 0, 0, 1, 1])
    let none = try texts([], [nil, nil])
    let second = try texts(["c", "b"], [0, 1, 1, nil, 0, 0])
    for vectors in [[first, second], [first, none, second.slice(1..<6)], [none, first, first, second, second]] {
      let whole = try kernels.concatenate(vectors)
      #expect(whole.isDictionary)
      #expect(whole.dictionary.map { $0.count } ?? 9 <= 4)
      expectSame(whole, try kernels.concatenate(try vectors.map { try $0.flat(memory) }), "one dictionary")
    }
    let different = [try texts(["x", "y"], [0, 1]), try texts(["z", "x"], [1, 0])]
    let flat = try kernels.concatenate(different)
    #expect(!flat.isDictionary)
    expectSame(flat, try kernels.concatenate(try different.map { try $0.flat(memory) }), "spelled out")
  }

  @Test("nested values are moved with what is in them")
  func nested() throws {
    let kernels = Kernels(memory)
    let type = DataType.list(Field("element", .structure([Field("n", .int32), Field("t", .string)])))
    let builder = try ListBuilder(type, capacity: 10, memory)
    let structures = try #require(builder.elements as? StructureBuilder)
    let numbers = try #require(structures.parts[0] as? ValueBuilder<Int32>)
    let texts = try #require(structures.parts[1] as? TextBuilder)
    for row in 0..<50 {
      if row % 7 == 3 {
        try builder.appendNull()
        continue
      }
      for element in 0..<row % 4 {
        try numbers.append(Int32(row * 10 + element))
        if element == 1 { try texts.appendNull() } else { try texts.append("text \(row)") }
        structures.endStructure()
      }
      try builder.endList()
    }
    let source = try builder.finish()
    let rows: [Int32] = [49, 3, -1, 0, 7, 7, 11]
    let taken = try kernels.cast(try kernels.take(source, try RowNumbers(rows, memory)), to: .string)
    let whole = try kernels.cast(source, to: .string)
    expectSame(taken, try kernels.take(whole, try RowNumbers(rows, memory)), "taken lists")
    #expect(String(decoding: whole.text(7), as: UTF8.self) == "[{70, text 7}, {71, null}, {72, text 7}]")
    let both = try kernels.concatenate([source.slice(5..<20), source.slice(40..<50)])
    expectSame(
      try kernels.cast(both, to: .string), try kernels.concatenate([whole.slice(5..<20), whole.slice(40..<50)]),
      "concatenated lists")
  }

  @Test("a dictionary stays while all have the same one")
  func dictionaries() throws {
    let kernels = Kernels(memory)
    func coded(_ words: [String], _ codes: [Int32]) throws -> Vector {
      let builder = try TextBuilder(.string, capacity: words.count, memory)
      for word in words { try builder.append(word) }
      let numbers = try ValueBuilder<Int32>(.int32, capacity: codes.count, memory)
      for code in codes { try numbers.append(code) }
      try numbers.appendNull()
      return try numbers.finish(codesOf: try builder.finish())
    }
    let first = try coded(["a", "b"], [1, 0, 1])
    let second = try coded(["c", "a"], [0, 1])
    #expect(try kernels.concatenate([first.slice(1..<3), first]).isDictionary)
    let mixed = try kernels.concatenate([first, second])
    expectSame(mixed, try kernels.concatenate([first.flat(memory), second.flat(memory)]), "mixed dictionaries")
    #expect(mixed.nullCount == 2)
  }
}
