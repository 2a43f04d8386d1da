import FlintLineage
import LineageGraphs
import Testing

@Suite("Lineage as text")
struct LineageTextTests {
  @Test("a word count, as people know it")
  func wordCount() {
    var graphs = Graphs()
    let words = graphs.map(graphs.source(), name: "words")
    #expect(
      graphs.reduce(graphs.map(words)).lineageText == """
        (2) reduceByKey[3] at Jobs/Test.swift:7 []
         +-(4) map[2] at Jobs/Test.swift:7 []
            |  words[1] at Jobs/Test.swift:7 []
            |  source[0] at Jobs/Test.swift:7 []
        """)
  }

  @Test("a join has a branch for each side, and kept datasets say how")
  func join() {
    var graphs = Graphs()
    let left = graphs.map(graphs.source(4), keep: .memoryOnly)
    let right = graphs.map(graphs.source(10), name: "filter")
    #expect(
      graphs.map(graphs.join(left, right)).lineageText == """
        (2) map[5] at Jobs/Test.swift:7 []
         |  join[4] at Jobs/Test.swift:7 []
         +-(4) map[1] at Jobs/Test.swift:7 [memory]
         |  |  source[0] at Jobs/Test.swift:7 []
         +-(10) filter[3] at Jobs/Test.swift:7 []
             |  source[2] at Jobs/Test.swift:7 []
        """)
  }

  @Test("a union shows both of its inputs")
  func union() {
    var graphs = Graphs()
    let all = graphs.union(graphs.map(graphs.source(1)), graphs.source(2))
    #expect(
      all.lineageText == """
        (3) union[3] at Jobs/Test.swift:7 []
         |  map[1] at Jobs/Test.swift:7 []
         |  |  source[0] at Jobs/Test.swift:7 []
         |  source[2] at Jobs/Test.swift:7 []
        """)
  }
}
