import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// Executors are killed at a known moment: tasks of a probe stand at a gate until the test has done its harm.
@Suite("Executors killed by SIGKILL", .serialized)
struct KillTests {
  private static let master = "local-cluster[2,1,1g]"
  private static let files = "flint.shuffle.memory.limit=0"
  private static let memory = "flint.shuffle.memory.limit=1g"
  private static let partitions = 4

  /// `key<TAB>sum` of 0 to 999 by their last two digits.
  private static let oracle =
    "seq 0 999 | awk '{sum[$1 % 100] += $1} END {for (key in sum) print key \"\\t\" sum[key]}' | sort"

  /// Starts the probe's sums with a gate somewhere.
  private func sums(
    _ place: Workplace, gate: String, settings: [String], environment: [String: String] = [:]
  ) async throws -> (JobRun, Gate, EventLog) {
    let closed = try Gate(in: place)
    let job = try await JobRun.start(
      BuiltProgram("job-probe"),
      ["--scenario", "sums", "--partitions", "\(Self.partitions)", "--output", "output", gate, closed.path.string],
      on: Self.master, settings: settings, in: place, environment: environment)
    return (job, closed, EventLog(place: place))
  }

  private func expectAnswer(_ place: Workplace, _ job: JobRun) async throws {
    _ = try await Shell.run("diff <(cat output/part-* | sort) <(\(Self.oracle))", [], in: place.folder)
    try await place.expectNothingLeft(of: job)
  }

  @Test("in the map stage: its tasks run again elsewhere, and nothing is computed twice")
  func mapStage() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--map-gate", settings: [])
      let started = try await log.first(2, .taskStarted)
      let victim = try await log.executor(of: started[0])
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == 0)
      try await expectAnswer(place, job)
    }
  }

  @Test("after map outputs that are files on its node: none is computed again")
  func filesOnNode() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--reduce-gate", settings: [Self.files])
      let victim = try await victimBetweenStages(log)
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == 0)
      #expect(try await log.events().count { $0.name == .mapOutputRegistered } == Self.partitions)
      try await expectAnswer(place, job)
    }
  }

  @Test("after map outputs that are in its memory: exactly those are computed again")
  func inMemory() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--reduce-gate", settings: [Self.memory])
      let victim = try await victimBetweenStages(log)
      let lost = try await log.events().count { $0.name == .mapOutputRegistered && $0.number("node") == victim.node }
      #expect(lost > 0)
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == lost)
      #expect(try await log.events().count { $0.name == .mapOutputRegistered } == Self.partitions + lost)
      try await expectAnswer(place, job)
    }
  }

  @Test("executor and its node's directory: exactly their map outputs are computed again")
  func nodeDirectory() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--reduce-gate", settings: [Self.files])
      let victim = try await victimBetweenStages(log)
      let lost = try await log.events().count { $0.name == .mapOutputRegistered && $0.number("node") == victim.node }
      #expect(lost > 0)
      // The files go first: when the executor dies, nobody may have looked at them.
      _ = try await Shell.run("rm -r \"$1\"", [try await log.directory(of: victim)], in: place.folder)
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == lost)
      #expect(try await log.events().count { $0.flag("recomputed") } == lost)
      try await expectAnswer(place, job)
    }
  }

  @Test("in the reduce stage, when others of its tasks are done: they stay done")
  func reduceStage() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--zero-gate", settings: [Self.files])
      // All tasks of the second stage but the one with the key 0.
      let ended = try await log.first(2 * Self.partitions - 1, .taskEnded)
      let running = try await log.events().filter { event in
        event.name == .taskStarted && !ended.contains { $0.attempt == event.attempt }
      }
      let victim = try await log.executor(of: try #require(running.first))
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == 0)
      #expect(summary.tasks.succeeded == 2 * Self.partitions)
      try await expectAnswer(place, job)
    }
  }

  @Test("both executors: others take their place, and the answer is right")
  func both() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--map-gate", settings: [])
      let started = try await log.first(2, .taskStarted)
      let victims = [try await log.executor(of: started[0]), try await log.executor(of: started[1])]
      #expect(victims[0].id != victims[1].id)
      victims.forEach { $0.kill() }
      for victim in victims { try await log.expectLost(victim) }
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(Set(summary.lost) == Set(victims.map(\.id)) && summary.lost.count == 2)
      try await expectAnswer(place, job)
    }
  }

  @Test("with kept rows: exactly the lost partitions are computed again, once, and then none")
  func keptRows() async throws {
    try await Workplace.use { place in
      let gate = try Gate(in: place)
      let job = try await JobRun.start(
        BuiltProgram("job-probe"),
        ["--scenario", "kept", "--partitions", "\(Self.partitions)", "--driver-gate", gate.path.string],
        on: Self.master, in: place)
      let log = EventLog(place: place)
      let stored = try await log.first(Self.partitions, .blockStored)
      _ = try await log.first(1, .jobEnded)
      let victim = try await log.executor(of: stored[0])
      let lost = stored.count { $0.executor == victim.id }
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(try await job.printed() == "1000\n1000\n1000\n")
      #expect(summary.partitionsRecomputed == lost)
      #expect(try await log.events().count { $0.name == .blockStored } == Self.partitions + lost)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test(
    "with rows that are kept twice: none is computed again, and they are twice there again",
    arguments: ["memoryOnly2", "memoryAndDiskSerialized2", "diskOnly2"])
  func replicatedRows(level: String) async throws {
    try await Workplace.use { place in
      let (mapGate, gate) = (try Gate("map-gate", in: place), try Gate(in: place))
      let job = try await JobRun.start(
        BuiltProgram("job-probe"),
        [
          "--scenario", "kept", "--level", level, "--partitions", "\(Self.partitions)", "--map-gate",
          mapGate.path.string, "--driver-gate", gate.path.string,
        ], on: Self.master, in: place)
      let log = EventLog(place: place)
      // Nobody can take a copy before it is there.
      _ = try await log.first(2, .executorAdded)
      _ = try await mapGate.opened { try await log.first(1, .jobEnded) }
      // A task ends when its rows are kept twice.
      let stored = try await log.events().filter { $0.name == .blockStored }
      #expect(stored.count == 2 * Self.partitions)
      let victim = try await log.executor(of: stored[0])
      victim.kill()
      try await log.expectLost(victim)
      _ = try await log.first(3, .executorAdded)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(try await job.printed() == "1000\n1000\n1000\n")
      #expect(summary.lost == [victim.id])
      #expect(summary.partitionsRecomputed == 0)
      #expect(try await log.events().count { $0.name == .blockStored } > 2 * Self.partitions)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("rows that are to be kept twice are kept once where there is one executor, with a warning")
  func nobodyForACopy() async throws {
    try await Workplace.use { place in
      for master in ["local[2]", "local-cluster[1,1,1g]"] {
        let job = try await JobRun.start(
          BuiltProgram("job-probe"), ["--scenario", "kept", "--level", "memoryOnly2"], on: master, in: place)
        let summary = try await job.expectSuccess()
        #expect(try await job.said().contains("kept on two executors is kept on one"))
        #expect(summary.partitionsRecomputed == 0)
        try await place.expectNothingLeft(of: job)
      }
    }
  }

  @Test("a stopped executor is suspect at 3 s and fenced at 5 s; when it goes on, it changes nothing and ends")
  func zombie() async throws {
    try await Workplace.use { place in
      let (job, gate, log) = try await sums(place, gate: "--map-gate", settings: [])
      let started = try await log.first(2, .taskStarted)
      let victim = try await log.executor(of: started[0])
      let stopped = try SystemTime().now.nanoseconds
      victim.stop()
      let suspected = try await log.first(1, .executorSuspected) { $0.executor == victim.id }[0]
      let lost = try await log.first(1, .executorLost) { $0.executor == victim.id }[0]
      victim.resume()
      let isGone = await eventually { Processes.state(victim.process) == nil }
      #expect(isGone)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.lost == [victim.id])
      try await expectAnswer(place, job)
      try expect(suspected, after: 3, since: stopped)
      try expect(lost, after: 5, since: stopped)
      let silence = try #require(suspected.number("silence"))
      #expect((3_000_000_000...4_000_000_000).contains(silence), "\(suspected)")
      #expect(lost.text("cause")?.hasPrefix("silent for 5") == true, "\(lost)")
      // What it ran was lost with it, and nothing else of it came after its end.
      let events = try await log.events()
      let end = try #require(events.firstIndex { $0.name == .executorLost })
      for event in events[(end + 1)...] where event.executor == victim.id {
        #expect(event.name == .taskEnded && event.text("failure") == "executorLost", "\(event)")
      }
    }
  }

  /// Silence counts from the last heartbeat, which was up to a second before the stop. A busy machine is late.
  private func expect(
    _ event: JobEvent, after seconds: Int, since stopped: Int64, location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let passed = try #require(event.number("monotonic")) - Int(stopped)
    let bounds = (seconds - 1) * 1_000_000_000...seconds * 1_000_000_000 + 1_500_000_000
    #expect(bounds.contains(passed), "\(passed) ns: \(event)", sourceLocation: location)
  }

  /// An executor that wrote map outputs and now has a task of the second stage that waits.
  private func victimBetweenStages(_ log: EventLog) async throws -> ExecutorProcess {
    let outputs = try await log.first(Self.partitions, .mapOutputRegistered)
    let started = try await log.first(Self.partitions + 2, .taskStarted)
    for event in started.suffix(2) {
      let executor = try await log.executor(of: event)
      if outputs.contains(where: { $0.number("node") == executor.node }) { return executor }
    }
    throw FlintError(.deadlineExceeded, "no executor wrote a map output and runs a task of the second stage")
  }
}
