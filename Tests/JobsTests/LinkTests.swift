import BuiltPrograms
import FlintCore
import Testing

/// What tests need to stand between the nodes of an application.
@Suite("Links led over a proxy", .serialized)
struct LinkTests {
  struct Link: CustomStringConvertible {
    let key: String
    /// Of these sockets at least one must have been used.
    let names: [String]
    let arguments: [String]
    let settings: [String]
    let answer: String

    var description: String { key }
  }

  /// One key: whoever adds it up reads what every other one wrote.
  private static let sums = ["--scenario", "sums", "--rows", "4", "--keys", "1"]
  private static let sumsAnswer = "0\t6\n"

  private static let links = [
    Link(
      key: "executorDriver", names: ["e0/driver.sock", "e1/driver.sock"], arguments: sums, settings: [],
      answer: sumsAnswer),
    Link(
      key: "executorExecutor", names: ["e0/e1-0.sock", "e1/e0-0.sock"], arguments: sums,
      settings: ["flint.shuffle.memory.limit=1g"], answer: sumsAnswer),
    Link(
      key: "executorNode", names: ["e0/n1.sock", "e1/n0.sock"], arguments: sums,
      settings: ["flint.shuffle.memory.limit=0"], answer: sumsAnswer),
    Link(
      key: "driverExecutor", names: ["driver/e0-0.sock", "driver/e1-0.sock"],
      arguments: ["--scenario", "collecting", "--rows", "1000000"], settings: [], answer: "1000000\n"),
  ]

  @Test("each kind of link goes through a socket of the test when a setting says so", arguments: links)
  func rerouted(link: Link) async throws {
    try await Workplace.use { place in
      try await LinkProxy.use(link.names, in: place) { proxy in
        let gate = try Gate(in: place)
        let job = try await JobRun.start(
          BuiltProgram("job-probe"), link.arguments + ["--map-gate", gate.path.string], on: Master.cluster.rawValue,
          settings: link.settings + ["flint.test.link.\(link.key)=\(proxy.folder)"], in: place)
        // Both executors have a task, so both write what the other reads.
        _ = try await EventLog(place: place).first(2, .taskStarted)
        _ = try await gate.opened { try await job.expectSuccess() }
        let lines = try await job.printed().split(separator: "\n").sorted().map { "\($0)\n" }.joined()
        #expect(lines == link.answer)
        let isUsed = try await eventually { try await !proxy.passed().isEmpty }
        #expect(isUsed)
      }
    }
  }

  @Test("a socket that nobody listens at refuses the dial: nothing goes another way")
  func missing() async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), Self.sums, on: Master.cluster.rawValue,
        settings: ["flint.test.link.executorDriver=\(place.folder / "links")"], in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("executors end before they are in service"))
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a release build knows no such setting, and has nothing of it")
  func release() async throws {
    try await Workplace.use { place in
      let count = "strings -a \"$1\" | grep -cE 'flint\\.test\\.link|ReroutedNetwork' || true"
      let (debug, release) = (try BuiltProgram("WordCount").path(), try BuiltProgram("WordCount", .release).path())
      #expect(try await Shell.run(count, [debug.string], in: place.folder) != "0\n")
      #expect(try await Shell.run(count, [release.string], in: place.folder) == "0\n")
      let job = try await JobRun.start(
        BuiltProgram("WordCount", .release), ["--input", "input", "--output", "output"], on: "local",
        settings: ["flint.test.link.executorDriver=/tmp"], in: place)
      #expect(try await job.exit() == .exited(2))
      #expect(try await job.said().contains("there is no setting flint.test.link.executorDriver"))
    }
  }
}
