import FlintChaos
import FlintCore
import FlintLineage
import LineageGraphs
import SchedulingModel
import Testing

/// Scenarios with the deciders alone: what they can be tried with, and that a scenario which shows nothing fails.
@Suite("Scenarios with the deciders alone")
struct ScenarioMachinesTests {
  /// Two stages, four tasks each.
  private let sums: LineageNode
  private let source: LineageNode
  private let mapsAreDone = Trigger.after("mapOutputRegistered", count: 4)

  init() {
    var graphs = Graphs()
    source = graphs.source(4)
    sums = graphs.reduce(source, 4)
  }

  private func scenario(
    _ faults: [PlannedFault] = [], settings: [String: String] = [:],
    expect expectation: FlintChaos.Expectation = .answer
  ) -> Scenario {
    Scenario(
      "a-scenario", "two stages under fault", numbers: [1], settings: settings,
      job: ScenarioJob("sums", run: { _, _ in [] }, reference: { [] }), faults: faults, expect: expectation)
  }

  private func world(
    _ scenario: Scenario, mishaps: [ProgramPlan.Mishap] = [], seed: UInt64 = 1
  ) -> SchedulingWorld {
    let program = ProgramPlan([ProgramPlan.Job(sums, sums.allPartitions)], mishaps: mishaps)
    return SchedulingWorld(WorldScript(scenario, program, limits: Limits()), seed: seed)
  }

  // MARK: What holds

  @Test("an executor that is killed after its map outputs costs a loss, and nothing else, in every order")
  func killed() {
    let scenario = scenario(
      [PlannedFault(.kill(.namedExecutor), mapsAreDone)], expect: .answer(seeing: .after("executorLost")))
    for seed in 0..<300 { #expect(world(scenario, seed: UInt64(seed)).run() == nil) }
  }

  @Test("a fault strikes whom its event names, when the event comes")
  func struck() throws {
    let world = world(scenario([PlannedFault(.kill(.otherExecutor), .after("taskStarted", ["partition": "2"]))]))
    #expect(world.run() == nil)
    let started = try #require(world.events.first { $0.description.contains("taskStarted") && $0["partition"] == "2" })
    let lost = try #require(world.events.first { $0.name == "executorLost" })
    #expect(started["executor"] != lost["executor"])
    #expect(world.events.contains { $0.name == "jobEnded" && $0["status"] == "succeeded" })
  }

  @Test("user code that always throws fails the job with its own error, after as many tries as a task has")
  func thrown() {
    let mishap = ProgramPlan.Mishap(
      .throwing(.invalidArgument, isRetryable: true, words: "no such row"), in: sums.id, 2, tryCount: nil)
    let tries = Trigger.after("taskEnded", ["status": "failed"], count: Limits().taskAttempts)
    let told = scenario(
      expect: .failure(.invalidArgument, saying: "partition 2", "no such row", seeing: [tries]))
    for seed in 0..<100 { #expect(world(told, mishaps: [mishap], seed: UInt64(seed)).run() == nil) }
  }

  // MARK: What fails

  @Test("a fault whose event never comes has not struck")
  func waiting() {
    let odd = world(scenario([PlannedFault(.kill(.namedExecutor), .after("mapOutputRegistered", count: 40))])).run()
    #expect(odd?.hasPrefix("NOT STRUCK: kill(") == true)
  }

  @Test("a fault that meets nobody has not struck")
  func missed() {
    let faults = [PlannedFault(.removeFiles(.everyExecutor), mapsAreDone)]
    let inMemory = world(scenario(faults, settings: ["flint.shuffle.memory.limit": "1g"])).run()
    #expect(inMemory?.hasPrefix("NOT STRUCK: removeFiles(") == true)
    #expect(world(scenario(faults, settings: ["flint.shuffle.memory.limit": "0"])).run() == nil)
  }

  @Test("a fault that waits for a commit has not struck where nobody commits")
  func lurking() {
    let fault = Fault.killAtCall(.everyExecutor, .rename, atCall: 1, isAfter: false)
    let odd = world(scenario([PlannedFault(fault, mapsAreDone)])).run()
    #expect(odd?.hasPrefix("NOT STRUCK: killAtCall(") == true)
  }

  @Test("user code that never did what it was to do has not struck")
  func unmet() {
    let mishap = ProgramPlan.Mishap(.trapping, in: DatasetID(rawValue: 99), 0, tryCount: 1)
    #expect(world(scenario(), mishaps: [mishap]).run()?.hasPrefix("NOT STRUCK: ") == true)
  }

  @Test(
    "an expectation that does not hold fails the run",
    arguments: [
      (FlintChaos.Expectation.answer(seeing: .after("executorLost")), "EXPECTED executorLost"),
      (.answer(seeing: .after("taskStarted"), without: [.after("taskEnded", count: 8)]), "UNEXPECTED taskEnded #8"),
      (.failure(.taskFailed, saying: "partition"), "I1: an answer instead of task-failed"),
    ])
  func unfulfilled(expectation: FlintChaos.Expectation, reason: String) {
    #expect(world(scenario(expect: expectation)).run()?.hasPrefix(reason) == true)
  }

  @Test("another error than the one that was named fails the run, and so does one without its words")
  func otherErrors() {
    let mishap = ProgramPlan.Mishap(
      .throwing(.userCode, isRetryable: false, words: "Unlucky"), in: source.id, 1, tryCount: nil)
    func odd(_ expectation: FlintChaos.Expectation) -> String? {
      world(scenario(expect: expectation), mishaps: [mishap]).run()
    }
    #expect(odd(.answer)?.hasPrefix("I1: no answer but") == true)
    #expect(odd(.failure(.diskFull))?.hasPrefix("I13: not disk-full but") == true)
    #expect(odd(.failure(.userCode, saying: "Lucky", "Marvellous"))?.hasSuffix("does not say Lucky") == true)
    #expect(odd(.failure(.userCode, saying: "Unlucky")) == nil)
  }

  // MARK: What cannot be tried

  @Test(
    "a fault of which the deciders cannot tell is refused with its reason, and never passes",
    arguments: [
      Fault.kill(.driver), .kill(.everybody), .replaceDriver, .singleBytes(for: .seconds(1)),
      .flipBit(.everyExecutor, .index), .misplaceFiles(.everyExecutor), .jumpWallClock(.driver, by: .seconds(1)),
      .strangeBytes(.everybody, byteCount: 9), .impersonate(.namedExecutor),
      .killAtCall(.everyExecutor, .read, atCall: 1, isAfter: true), .failingDisk(.executor(0), .remove, atCall: 1),
    ])
  func strange(fault: Fault) {
    #expect(scenario([PlannedFault(fault, .after("taskStarted"))]).strangeToMachines != nil)
  }

  @Test("what else the deciders cannot show: events that they do not know, memory, a dead driver")
  func strangeScenarios() {
    #expect(
      scenario([PlannedFault(.heal, .after("executorStopped"))]).strangeToMachines?.contains("executorStopped") == true)
    #expect(scenario(expect: .answer(seeing: .after("taskEnded", ["rowsRead": "1"]))).strangeToMachines != nil)
    #expect(scenario(expect: .silence).strangeToMachines != nil)
    #expect(scenario().strangeToMachines == nil)
  }

  @Test("one that is refused and run all the same fails")
  func refused() {
    let odd = world(scenario([PlannedFault(.flipBit(.everyExecutor, .end), .after("taskStarted"))])).run()
    #expect(odd?.hasPrefix("the deciders cannot tell that flipBit(") == true)
  }
}
