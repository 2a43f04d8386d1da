import FlintColumns
import FlintCore
import Testing

/// Functions of texts against Python and DuckDB.
@Suite("Functions of texts")
struct TextTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  @Test("functions of texts", .timeLimit(.minutes(1)))
  func functions() async throws {
    var samples = Samples(memory, seed: 91)
    let source = try samples.vector(.string, 1500)
    let other = try samples.vector(.string, 1500)
    let kernels = Kernels(memory)
    let answers = try await Oracle(memory: memory).ask(
      #"""
      def each(function, type=pa.string()):
          results.append(pa.array([None if t is None else function(t) for t in columns[0].to_pylist()], type))
      each(len, pa.int32())
      each(lambda t: len(t.encode()), pa.int32())
      each(str.upper)
      each(str.lower)
      each(lambda t: t.strip(" "))
      each(lambda t: t.lstrip(" "))
      each(lambda t: t.rstrip(" "))
      each(lambda t: t[1:4])
      each(lambda t: t[3:])
      def from_end(t):
          first = len(t) - 3
          return t[max(first, 0):max(first + 2, 0)]
      each(from_end)
      each(lambda t: t[::-1])
      each(lambda t: t * 3)
      each(lambda t: t[:5].rjust(5, "*"))
      each(lambda t: (t + "ab" * 7)[:7])
      each(lambda t: t.replace("a", "<>"))
      each(lambda t: t.find("z") + 1, pa.int32())
      each(lambda t: t.startswith("a"), pa.bool_())
      each(lambda t: t.endswith("é"), pa.bool_())
      each(lambda t: "ab" in t, pa.bool_())
      results += ask("select a || b from t order by n")
      """#, [source, other],
      results: [.int32, .int32] + [DataType](repeating: .string, count: 13) + [
        .int32, .boolean, .boolean, .boolean, .string,
      ])
    let ours = [
      try kernels.length(source), try kernels.byteLength(source), try kernels.upper(source), try kernels.lower(source),
      try kernels.trim(source), try kernels.trim(source, trailing: false), try kernels.trim(source, leading: false),
      try kernels.substring(source, from: 2, count: 3), try kernels.substring(source, from: 4),
      try kernels.substring(source, from: -3, count: 2), try kernels.reverse(source), try kernels.repeat(source, 3),
      try kernels.pad(source, to: 5, with: "*", isLeft: true),
      try kernels.pad(source, to: 7, with: "ab", isLeft: false),
      try kernels.replace(source, "a", with: "<>"), try kernels.position(of: "z", in: source),
      try kernels.hasPrefix(source, "a"), try kernels.hasSuffix(source, "é"), try kernels.contains(source, "ab"),
      try kernels.concatenateTexts([.vector(source), .vector(other)]),
    ]
    for (index, (ours, theirs)) in zip(ours, answers).enumerated() { expectSame(ours, theirs, "function \(index)") }
  }

  static let patterns = [
    "", "%", "_", "a%", "%a", "%a%", "a_", "_a%", "%_", "a%b", "%a%b%", "é%", "%🦜%", "_é_", "%\\%%", "\\_%", "%_a_%",
    "a__%z",
    "%long%more%", "\\\\%", "%ab", "%_b", "A%",
  ]

  @Test("patterns", .timeLimit(.minutes(1)))
  func like() async throws {
    var samples = Samples(memory, seed: 92)
    let source = try samples.vector(.string, 1500)
    let quoted = Self.patterns.map { "a like '\($0)' escape '\\'" }.joined(separator: ", ")
    let answers = try await Oracle(memory: memory).ask(
      "results = ask(r\"\"\"select \(quoted) from t order by n\"\"\")", [source],
      results: [DataType](repeating: .boolean, count: Self.patterns.count))
    for (pattern, theirs) in zip(Self.patterns, answers) {
      expectSame(try Kernels(memory).like(source, try LikePattern(pattern)), theirs, "like '\(pattern)'")
    }
    for pattern in ["a\\", "\\a"] { #expect(throws: FlintError.self) { try LikePattern(pattern) } }
  }

  @Test("a dictionary's values are worked on once, and stand where they stood")
  func dictionaries() throws {
    let kernels = Kernels(memory)
    let words = try TextBuilder(.string, capacity: 2, memory)
    for word in ["air", "rail"] { try words.append(word) }
    let codes = try ValueBuilder<Int32>(.int32, capacity: 4, memory)
    for code in [1, 0, 1] as [Int32] { try codes.append(code) }
    try codes.appendNull()
    let vector = try codes.finish(codesOf: try words.finish()).slice(1..<4)
    let upper = try kernels.upper(vector)
    #expect(upper.isDictionary)
    expectSame(upper, try kernels.upper(try vector.flat(memory)), "upper")
    expectSame(try kernels.length(vector), try kernels.length(try vector.flat(memory)), "length")
    expectSame(
      try kernels.like(vector, try LikePattern("%ai%")),
      try kernels.like(try vector.flat(memory), try LikePattern("%ai%")),
      "like")
  }
}
