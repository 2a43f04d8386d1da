import FlintLineage
import LineageGraphs
import Testing

@Suite("What a second computation gives")
struct DeterminacyTests {
  @Test("a row-by-row operation is as sure as its input")
  func preserving() {
    for input in Determinacy.allCases { #expect(DeterminacyEffect.preserving.applied(to: input) == input) }
  }

  @Test(
    "each effect on each input",
    arguments: [
      (DeterminacyEffect.orderSensitive, [Determinacy.determinate, .indeterminate, .indeterminate]),
      (.ordering, [.determinate, .determinate, .indeterminate]),
      (.arbitrary, [.indeterminate, .indeterminate, .indeterminate]),
      (.settling, [.determinate, .determinate, .determinate]),
    ])
  func table(effect: DeterminacyEffect, outputs: [Determinacy]) {
    #expect(Determinacy.allCases.map { effect.applied(to: $0) } == outputs)
  }

  @Test("an exchange loses the order of its rows")
  func exchange() {
    var graphs = Graphs()
    let reduced = graphs.reduce(graphs.source())
    #expect(reduced.determinacy == .unordered)
    #expect(graphs.map(reduced).determinacy == .unordered)
  }

  @Test("numbering rows after an exchange is indeterminate, before it is not")
  func numbering() {
    var graphs = Graphs()
    #expect(graphs.map(graphs.source(), effect: .orderSensitive).determinacy == .determinate)
    #expect(graphs.map(graphs.reduce(graphs.source()), effect: .orderSensitive).determinacy == .indeterminate)
  }

  @Test("sorting by everything after an exchange is determinate again")
  func sorting() {
    var graphs = Graphs()
    let sorted = graphs.reduce(graphs.source(), effect: .ordering)
    #expect(sorted.determinacy == .determinate)
    #expect(graphs.map(sorted, effect: .orderSensitive).determinacy == .determinate)
  }

  @Test("sorting does not make chance sure; a checkpoint does")
  func chance() {
    var graphs = Graphs()
    let chance = graphs.map(graphs.source(), effect: .arbitrary)
    let sorted = graphs.reduce(chance, effect: .ordering)
    #expect(sorted.determinacy == .indeterminate)
    #expect(graphs.map(sorted, effect: .settling).determinacy == .determinate)
  }

  @Test("the least sure of several inputs counts")
  func worstInput() {
    var graphs = Graphs()
    let sure = graphs.source()
    let unsure = graphs.map(graphs.source(), effect: .arbitrary)
    #expect(graphs.union(sure, unsure).determinacy == .indeterminate)
    #expect(graphs.join(sure, sure).determinacy == .unordered)
    #expect(graphs.join(sure, unsure).determinacy == .indeterminate)
  }
}
