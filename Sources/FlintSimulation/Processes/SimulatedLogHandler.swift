internal import FlintCore

/// Puts log lines into the trace's text. They are no part of its hash: a level must not change a run.
struct SimulatedLogHandler: LogHandler {
  private let world: Confined<World>

  init(world: World) {
    self.world = Confined(world)
  }

  func log(_ event: LogEvent) {
    let engine = world.value.engine
    guard let record = engine.trace.record else { return }
    let facts = event.metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    record("\(World.stamp(engine.now)) \(event.label) \(event.level): \(event.message)\(facts)")
  }
}
