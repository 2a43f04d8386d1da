import FlintColumns
import FlintCore
import Testing

/// Vectors of every form: built, read and cut.
@Suite("Vectors")
struct VectorTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  @Test("numbers come back, before and after memory grew, with nulls and without", arguments: [0, 1, 7, 64, 65, 1000])
  func numbers(count: Int) throws {
    let builder = try ValueBuilder<Int64>(.int64, capacity: 3, memory)
    for _ in 0..<2 {
      for number in 0..<count {
        if number % 3 == 1 { try builder.appendNull() } else { try builder.append(Int64(number) << 33) }
      }
      let vector = try builder.finish()
      #expect(vector.count == count)
      #expect(vector.nullCount == (count + 1) / 3)
      #expect((vector.validity == nil) == (count < 2))
      for number in 0..<count {
        #expect(vector.isNull(number) == (number % 3 == 1))
        if number % 3 != 1 { #expect(vector.pointer(to: Int64.self)[number] == Int64(number) << 33) }
      }
    }
    for number in 0..<count { try builder.append(Int64(number)) }
    #expect(try builder.finish().validity == nil)
  }

  @Test("a null that came before memory grew leaves the values behind it there")
  func growthAfterNull() throws {
    let builder = try ValueBuilder<Int8>(.int8, capacity: 1, memory)
    try builder.appendNull()
    for number in 0..<1000 { try builder.append(Int8(number % 100)) }
    let vector = try builder.finish()
    #expect(vector.nullCount == 1)
    #expect((1...1000).allSatisfy { !vector.isNull($0) })
  }

  @Test("whoever knows the size writes through pointers")
  func pointers() throws {
    let builder = try ValueBuilder<Int32>(.date, capacity: 100, memory)
    for day in 0..<100 { builder.values[day] = Int32(day) }
    builder.count = 100
    let bits = try builder.validity.bits(capacity: 100)
    bits[0] = 0b1111_0101
    builder.validity.countNulls(2)
    let vector = try builder.finish()
    #expect((0..<100).filter(vector.isNull) == [1, 3])
  }

  @Test("texts come back, also empty and large ones")
  func texts() throws {
    let samples = ["", "a", "zürich", String(repeating: "x", count: 5000), "🦜"]
    let builder = try TextBuilder(.string, capacity: 1, memory)
    for sample in samples {
      try builder.append(sample)
      try builder.appendNull()
    }
    let vector = try builder.finish()
    #expect(vector.nullCount == samples.count)
    for (number, sample) in samples.enumerated() {
      #expect(String(decoding: vector.text(2 * number), as: UTF8.self) == sample)
      #expect(vector.text(2 * number + 1).isEmpty)
    }
    let part = vector.slice(4..<7)
    #expect(part.nullCount == 1)
    #expect(String(decoding: part.text(0), as: UTF8.self) == "zürich")
    #expect(part.text(2).count == 5000)
  }

  @Test("codes read their dictionary")
  func dictionary() throws {
    let words = try TextBuilder(.string, capacity: 2, memory)
    for word in ["AIR", "RAIL"] { try words.append(word) }
    let codes = try ValueBuilder<Int32>(.int32, capacity: 4, memory)
    for code in [1, 0, 1] as [Int32] { try codes.append(code) }
    try codes.appendNull()
    let vector = try codes.finish(codesOf: try words.finish())
    #expect(vector.type == .string)
    #expect(vector.isDictionary)
    #expect(vector.dictionary?.count == 2)
    #expect(String(decoding: vector.slice(2..<4).text(0), as: UTF8.self) == "RAIL")
    #expect(vector.slice(2..<4).isNull(1))
  }

  @Test("booleans come back from every start")
  func booleans() throws {
    let builder = try BitBuilder(capacity: 2, memory)
    for number in 0..<200 { try builder.append(number % 5 == 0) }
    let vector = try builder.finish()
    for start in 0..<130 {
      let part = vector.slice(start..<start + 70)
      #expect((0..<70).allSatisfy { part.bits[$0] == ((start + $0) % 5 == 0) })
    }
  }

  @Test("nested values come back and are cut")
  func nested() throws {
    let type = DataType.map(
      key: Field("key", .string, isNullable: false),
      value: Field("value", .list(Field("item", .structure([Field("n", .int32), Field("b", .boolean)])))))
    let builder = try #require(try memory.builder(type, capacity: 1) as? MapBuilder)
    let keys = try #require(builder.keys as? TextBuilder)
    let lists = try #require(builder.values as? ListBuilder)
    let structures = try #require(lists.elements as? StructureBuilder)
    let numbers = try #require(structures.parts[0] as? ValueBuilder<Int32>)
    for row in 0..<20 {
      if row % 4 == 3 {
        try builder.appendNull()
        continue
      }
      for key in 0..<row % 3 {
        try keys.append("key \(key)")
        for number in 0..<row {
          try numbers.append(Int32(number))
          try structures.parts[1].appendNull()
          structures.endStructure()
        }
        try lists.endList()
      }
      try builder.endMap()
    }
    let vector = try builder.finish().slice(5..<20)
    #expect(vector.nullCount == 4)
    guard case .map(_, _, let readKeys, let readLists) = vector.form else {
      Issue.record("not a map")
      return
    }
    // Row 8 has two keys, each with a list of eight numbers.
    let first = Int(vector.offsets[3])
    #expect(Int(vector.offsets[4]) - first == 2)
    #expect(String(decoding: readKeys.text(first + 1), as: UTF8.self) == "key 1")
    #expect(readLists.offsets[first + 1] - readLists.offsets[first] == 8)
  }

  @Test("batches say which rows count")
  func batches() throws {
    let builder = try ValueBuilder<Int32>(.int32, capacity: 10, memory)
    for number in 0..<10 { try builder.append(Int32(number)) }
    let schema = Schema([Field("number", .int32, isNullable: false), Field("again", .int32)])
    let numbers = try builder.finish()
    let batch = Batch(schema, [numbers, numbers], length: 10)
    #expect(batch.rowCount == 10)
    let some = batch.selecting(try Selection([1, 5, 9], memory))
    #expect(some.rowCount == 3)
    #expect(some.selection?.rows[2] == 9)
    #expect(some.selecting(columns: [1]).schema == Schema([Field("again", .int32)]))
    #expect(schema.index(of: "again") == 1)
    #expect(schema.index(of: "Again") == nil)
  }

  @Test("types are named as in Spark")
  func names() {
    let type = DataType.structure([
      Field("a", .list(Field("element", .int64))), Field("b", .decimal(precision: 12, scale: 2)),
      Field("c", .map(key: Field("key", .string), value: Field("value", .int8))),
    ])
    #expect(type.description == "struct<a:array<bigint>,b:decimal(12,2),c:map<string,tinyint>>")
    #expect(Field("x", .timestamp, isNullable: false).description == "x timestamp not null")
  }
}
