internal import FlintCore

/// Puts log lines into the trace's text. They are no part of its hash: a level must not change a run.
struct SimulatedLogHandler: LogHandler {
  private let engine: Confined<Engine>

  init(engine: Engine) {
    self.engine = Confined(engine)
  }

  func log(_ event: LogEvent) {
    let facts = event.metadata.facts.map { " \($0.name)=\($0.value)" }.joined()
    engine.value.say("\(event.label) \(event.level): \(event.message)\(facts)")
  }
}
