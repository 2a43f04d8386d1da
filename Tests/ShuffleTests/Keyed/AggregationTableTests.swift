import FlintShuffle
import Testing

/// The table below all aggregations, against a dictionary.
struct AggregationTableTests {
  @Test("a table that grows many times holds what a dictionary holds, in the order of the first rows")
  func growing() {
    let rows = (0..<50_000).map { ("\($0 * 7919 % 20_011)", $0) }
    let table = AggregationTable<String, Int>()
    for start in stride(from: 0, to: rows.count, by: 1_000) {
      table.merge(
        Array(rows[start..<start + 1_000]), key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 })
    }
    let expected = Dictionary(rows, uniquingKeysWith: +)
    var found: [(String, Int)] = []
    table.append(0..<table.count, to: &found) { ($0, $1) }
    #expect(Dictionary(uniqueKeysWithValues: found) == expected)
    #expect(found.first?.0 == "0" && table.mergedCount == rows.count)
    #expect(table.find("7919").map { table[$0] } == expected["7919"])
    #expect(table.find("nothing") == nil)
    table.removeAll()
    #expect(table.count == 0 && table.find("0") == nil)
  }

  @Test("what a function throws ends the batch, and leaves the rows before merged")
  func throwing() {
    struct Odd: Error {}
    let table = AggregationTable<Int, [Int]>()
    #expect(throws: Odd.self) {
      try table.merge(
        [1, 2, 1, 3, 2], key: { $0 }, insert: { [$0] },
        update: { list, row in
          if row == 2 { throw Odd() }
          list.append(row)
        })
    }
    var found: [[Int]] = []
    table.append(0..<table.count, to: &found) { $1 }
    #expect(found == [[1, 1], [2], [3]])
  }
}
