import FlintCore
import FlintWire
import Testing

@Suite("The rules of messages")
struct RuleTests {
  @Test("a request's answer is an answer, travels the other way on the same channel, and answers nothing else")
  func answers() {
    var answered: [MessageKind] = []
    for kind in MessageKind.allCases {
      let rule = MessageRule.rule(of: kind)
      guard case .request(let answer) = rule.form else { continue }
      let back = MessageRule.rule(of: answer)
      #expect(back.form == .answer)
      #expect(back.channel == rule.channel)
      for route in rule.routes { #expect(back.routes.contains(MessageRule.Route(route.to, route.from)), "\(kind)") }
      #expect(back.routes.count == rule.routes.count)
      answered.append(answer)
    }
    #expect(Set(answered).count == answered.count)
    let answers = MessageKind.allCases.filter { MessageRule.rule(of: $0).form == .answer }
    #expect(Set(answers) == Set(answered), "an answer that nobody asks for")
  }

  @Test("whatever is asked or told can be repeated, except for the launch of a task")
  func repeats() {
    for kind in MessageKind.allCases {
      let rule = MessageRule.rule(of: kind)
      switch (rule.form, rule.repeats) {
      case (.answer, .forbidden): break
      case (.oneWay, .forbidden): #expect(kind == .launchTask)
      case (_, .allowed(let name)): #expect(!name.isEmpty)
      case (.request, .forbidden): Issue.record("\(kind) is asked, and its answer may be lost")
      case (.answer, _): Issue.record("\(kind) is an answer: nobody sends it by himself")
      }
    }
  }

  @Test("every message has somebody who sends it")
  func routes() {
    for kind in MessageKind.allCases { #expect(!MessageRule.rule(of: kind).routes.isEmpty, "\(kind)") }
  }
}
