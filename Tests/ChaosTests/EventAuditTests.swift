import Testing

@testable import FlintSupervisor

@Suite("The checks of a whole event log")
struct EventAuditTests {
  private static func judge(_ lines: [String]) -> [Violation.Invariant] {
    var audit = EventAudit()
    return audit.judge(lines.compactMap { RunEvent(line: $0.utf8) }).map(\.invariant)
  }

  private static let task = #""stage":0,"stageAttempt":0,"partition":1,"attempt":0"#
  private static let executor = #""executor":0,"incarnation":0"#
  private static let end = #"{"event":"applicationEnded","status":"succeeded"}"#

  @Test("an orderly run has nothing to be blamed for")
  func orderly() {
    let lines = [
      #"{"event":"executorAdded",\#(Self.executor)}"#, #"{"event":"jobStarted","job":0}"#,
      #"{"event":"taskStarted",\#(Self.task),\#(Self.executor)}"#,
      #"{"event":"taskEnded",\#(Self.task),\#(Self.executor),"status":"succeeded"}"#,
      #"{"event":"jobEnded","job":0,"status":"succeeded"}"#, Self.end,
    ]
    #expect(Self.judge(lines).isEmpty)
  }

  @Test(
    "a life that was lost must not change anything",
    arguments: [
      #"{"event":"executorAdded",\#(executor)}"#,
      #"{"event":"taskStarted",\#(task),\#(executor)}"#,
      #"{"event":"taskEnded",\#(task),\#(executor),"status":"succeeded"}"#,
      #"{"event":"taskCommitted",\#(task)}"#,
      #"{"event":"mapOutputRegistered",\#(task)}"#,
      #"{"event":"blockStored",\#(executor)}"#,
    ])
  func fence(late: String) {
    let lines = [
      #"{"event":"taskStarted",\#(Self.task),\#(Self.executor)}"#,
      #"{"event":"executorLost",\#(Self.executor),"cause":"signal 9"}"#, late, Self.end,
    ]
    #expect(Self.judge(lines) == [.fence])
  }

  @Test("a job without an end, a log without an end, a loss without a cause")
  func silent() {
    #expect(Self.judge([#"{"event":"jobStarted","job":0}"#, Self.end]) == [.ends])
    #expect(Self.judge([#"{"event":"jobStarted","job":0}"#, #"{"event":"jobEnded","job":0}"#]) == [.ends])
    #expect(Self.judge([#"{"event":"executorLost",\#(Self.executor)}"#, Self.end]) == [.told])
  }

  @Test("a try that succeeds twice, and a task that fails too often")
  func storms() {
    let success = #"{"event":"taskEnded",\#(Self.task),\#(Self.executor),"status":"succeeded"}"#
    #expect(Self.judge([success, success, Self.end]) == [.oneCommit])
    let failures = (0..<5).map { number in
      #"{"event":"taskEnded","stage":0,"stageAttempt":0,"partition":1,"attempt":\#(number),"status":"failed","failure":"threw"}"#
    }
    #expect(Self.judge(failures + [Self.end]) == [.noStorm])
  }
}
