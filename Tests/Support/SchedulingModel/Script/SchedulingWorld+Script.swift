import FlintChaos
import FlintCore
import LineageGraphs

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// A scenario on the machines alone: its program asks for job after job, its faults strike at the events that the driver
/// would log, and its expectation is held against them.
extension SchedulingWorld {
  /// The world of a scenario, in one order of events.
  package convenience init(_ script: WorldScript, seed: UInt64, record: ((String) -> Void)? = nil) {
    var chance = Chance(seed: seed)
    var plan = script.plan
    plan.tellsStagesFirst = chance.permille(500)
    if chance.permille(500) { plan.pace.hurry() }
    self.init(Workload(script.program), plan, chance, record: record)
    self.script = ScriptState(script)
    driver.events = []
    isHealed = true
  }

  /// The end of what the driver would have logged.
  package var lastEvents: [String] { events.suffix(200).map(\.description) }

  /// What the driver would have logged, with a scenario.
  package var events: [ModelEvent] { script?.events ?? [] }

  // MARK: The program

  /// Lets the program ask for what it asks for next, and cancel what it cancels.
  func goOnWithProgram() {
    for index in script?.takeReadyJobs() ?? [] { schedule(.submit(index), after: 1...20) }
    for index in script?.takeCancelledJobs() ?? [] { schedule(.cancel(JobID(rawValue: UInt64(index))), after: 1...20) }
  }

  func endOfScriptedJob(_ job: JobID, _ failure: JobFailure?) {
    let index = Int(job.rawValue)
    script?.over.insert(index)
    if failure != nil, script?.cancelled.contains(index) == false { script?.hasFailed = true }
    goOnWithProgram()
  }

  // MARK: Events

  /// Takes in what the driver has logged. Faults strike by it, before anything else happens.
  func followEvents() {
    guard script != nil else { return }
    for event in driver.takeEvents() {
      note("event \(event)", 11)
      script?.events.append(event)
      for index in takeDueFaults(event) where violation == nil { strike(index, event) }
    }
  }

  private func takeDueFaults(_ event: ModelEvent) -> [Int] {
    guard var script else { return [] }
    var due: [Int] = []
    for index in script.faults.indices {
      let trigger = script.faults[index].planned.trigger
      guard case .waiting = script.faults[index].state, trigger.fits(event.name, field: { event[$0] }) else { continue }
      script.faults[index].fittingEvents += 1
      if script.faults[index].fittingEvents == trigger.count { due.append(index) }
    }
    self.script = script
    return due
  }

  // MARK: The end

  /// What of the scenario's expectation does not hold; nil when all of it does.
  func unmetExpectation() -> String? {
    guard let script else { return nil }
    for fault in script.faults {
      guard case .struck = fault.state else { return "NOT STRUCK: \(fault.planned)" }
    }
    for (mishap, count) in zip(script.program.mishaps, script.mishaps) where count == 0 {
      return "NOT STRUCK: \(mishap)"
    }
    if let odd = unmetEnd(script) { return odd }
    for wanted in script.scenario.expectation.events {
      let count = script.events.count { event in wanted.fits(event.name) { event[$0] } }
      if count < wanted.count { return "EXPECTED \(wanted): the driver logs it \(count) times, not \(wanted.count)" }
    }
    for unwanted in script.scenario.expectation.absentEvents {
      let count = script.events.count { event in unwanted.fits(event.name) { event[$0] } }
      if count >= unwanted.count { return "UNEXPECTED \(unwanted): the driver logs it \(count) times" }
    }
    return nil
  }

  private func unmetEnd(_ script: ScriptState) -> String? {
    let failure = script.asked.sorted().lazy.filter { !script.cancelled.contains($0) }
      .compactMap { self.endedJobs[JobID(rawValue: UInt64($0))] ?? nil }.first
    switch (script.scenario.expectation.end, failure) {
    case (.answer, nil): return script.asked.count == script.program.jobs.count ? nil : "a job was never asked for"
    case (.answer, let failure?): return "I1: no answer but \(failure.error)"
    case (.failure(let code, _), nil): return "I1: an answer instead of \(code.rawValue)"
    case (.failure(let code, let words), let failure?):
      // What user code has thrown stands in the place of the kind of failure.
      let thrown = failure.error.code == .userCode ? script.thrown : nil
      let text = "\(failure.error) \(thrown?.words ?? "")"
      if (thrown?.code ?? failure.error.code) != code { return "I13: not \(code.rawValue) but \(text)" }
      return words.first { !text.contains($0) }.map { "I13: \(text) does not say \($0)" }
    case (.none, _): return "the deciders cannot tell that their driver is gone"
    }
  }
}
