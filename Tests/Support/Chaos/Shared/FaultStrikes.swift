import FlintChaos
import FlintCore
import FlintSupervisor
import Synchronization

/// Does a scenario's faults when the driver stands at their events.
final class FaultStrikes: Sendable {
  let run: SharedRun
  let application: SupervisedApplication
  let links: Links?
  /// At each the driver waits until its fault is done.
  private let gates: [Gate]
  private let openings = Mutex<[Gate.Opening]>([])
  /// What mends a fault that lasts.
  private let mending = Mutex<[Task<Void, Never>]>([])
  /// Strangers who wait to be shown out.
  private let strangers = Mutex<[Task<Void, any Error>]>([])

  init(run: SharedRun, gates: [Gate], application: SupervisedApplication, links: Links?) {
    (self.run, self.gates, self.application, self.links) = (run, gates, application, links)
  }

  var arena: Arena { run.arena }

  /// Waits for each fault's event and does it. Returns when all have struck.
  func follow(in watch: FilePath) async throws {
    var waiting = Array(run.scenario.faults.indices)
    while !waiting.isEmpty {
      var due: Int?
      try await arena.wait("a fault strikes: \(waiting.map { run.scenario.faults[$0] })") {
        for index in waiting where try await arena.context.files.status(of: watch / "strike-\(index)") != nil {
          due = index
        }
        return due != nil
      }
      guard let due else { return }
      waiting.removeAll { $0 == due }
      let line = try await arena.context.files.readAll(watch / "strike-\(due)", limit: .mebibytes(1))
      guard let event = RunEvent(line: line) else { throw FlintError(.corruptData, "no event in strike-\(due)") }
      let fault = run.scenario.faults[due].fault
      try await strike(fault, event)
      arena.fired("\(fault)")
      try release(due)
    }
  }

  private func release(_ fault: Int) throws {
    let opening = try gates[fault].open()
    openings.withLock { $0.append(opening) }
  }

  /// Waits for what mends faults that last. Called when the application has ended.
  func finish() async throws {
    let tasks = mending.withLock { $0 }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    for stranger in strangers.withLock({ $0 }) { try await stranger.value }
  }

  private func strike(_ fault: Fault, _ event: RunEvent) async throws {
    switch fault {
    case .kill(let target):
      for victim in try await executors(target, event) { victim.kill() }
      if target == .driver {
        application.send(.kill)
        arena.noteDeadDriver()
      }
    case .terminate(let target): for victim in try await executors(target, event) { victim.terminate() }
    case .pause(let target, let duration): try await pause(target, event, for: duration)
    case .partition, .cut, .halfOpen, .breakStreams, .harmFrames, .singleBytes, .slowLinks:
      try await strikeLinks(fault, event)
    case .removeFiles, .misplaceFiles, .flipBit: try await strikeFiles(fault, event)
    case .strangeBytes(_, let count):
      try await sendStranger(count)
    case .killAtCall, .fullDisk, .failingDisk, .slowDisk: break
    case .killRepeatedly, .losePower, .killBlockService, .replaceDriver, .loseNames, .jumpWallClock, .lateTimers,
      .cancelJob, .impersonate, .heal:
      throw FlintError(.invalidArgument, "\(fault) cannot be done to real processes")
    }
  }

  /// A stranger has dialled and spoken when this returns. Nobody can show him out before the driver goes on.
  private func sendStranger(_ count: Int) async throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
    let stranger = Task { [arena] in
      try await Intruder(arena: arena).send(bytes, "\(count) bytes that mean nothing")
    }
    strangers.withLock { $0.append(stranger) }
    try await arena.context.time.sleep(for: .milliseconds(200))
  }

  private func pause(_ target: FaultTarget, _ event: RunEvent, for duration: Duration) async throws {
    let victims = try await executors(target, event)
    for victim in victims { victim.stop() }
    if target == .driver { application.send(.stop) }
    later(duration) { [application] in
      for victim in victims { victim.resume() }
      if target == .driver { application.send(.resume) }
    }
  }

  /// Does something when `duration` is over, or at the end of the run.
  func later(_ duration: Duration, _ body: @escaping @Sendable () async -> Void) {
    let time = arena.context.time
    let task = Task {
      try? await time.sleep(for: duration)
      await body()
    }
    mending.withLock { $0.append(task) }
  }

  // MARK: Whom

  /// The executors that a target means, in the lives that they have.
  func executors(_ target: FaultTarget, _ event: RunEvent) async throws -> [SupervisedExecutor] {
    let numbers = try await self.numbers(target, event)
    let added = try await run.events.events().filter { $0.name == "executorAdded" }
    return try numbers.compactMap { number in
      try added.last { $0.number("executor") == number }.map { try SupervisedExecutor($0) }
    }
  }

  /// The numbers of the executors that a target means.
  func numbers(_ target: FaultTarget, _ event: RunEvent) async throws -> [Int] {
    let all = Array(0..<run.scenario.cluster.executorCount)
    switch target {
    case .driver: return []
    case .executor(let number): return [number]
    case .everyExecutor, .everybody: return all
    case .namedExecutor: return [try await named(event)]
    case .otherExecutor:
      let named = try await named(event)
      return Array(all.filter { $0 != named }.prefix(1))
    }
  }

  /// The executor that an event names, or that runs the try that it names.
  private func named(_ event: RunEvent) async throws -> Int {
    if let number = event.number("executor") { return number }
    let events = try await run.events.events()
    guard let attempt = event.attempt,
      let number = events.last(where: { $0.name == "taskStarted" && $0.attempt == attempt })?.number("executor")
    else { throw FlintError(.corruptData, "\(event) names no executor") }
    return number
  }
}
