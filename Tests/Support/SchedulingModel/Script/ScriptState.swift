import FlintChaos
import FlintCore
import FlintLineage
import LineageGraphs

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// A scenario under way.
struct ScriptState {
  /// A link between two executors' machines that lets nothing pass.
  struct Gap {
    let sides: Set<Int>
    let until: Int64
  }

  /// What happens to so many of a thousand messages; for certain to the first.
  struct HarmedFrames {
    let harm: FlintChaos.Fault.FrameHarm
    let permille: Int
    let until: Int64
    let fault: Int
  }

  /// A point of a commit at which whoever comes there dies.
  struct CommitDeath {
    enum Point {
      case beforeAsking, beforePublishing, afterPublishing
    }

    let point: Point
    let places: Set<Int>
    var callsBefore: Int
    let fault: Int
  }

  let scenario: Scenario
  let program: ProgramPlan
  var faults: [ArmedFault]
  var places: [ScriptedPlace]
  /// What the driver's log has said.
  var events: [ModelEvent] = []

  var gaps: [Gap] = []
  var frames: HarmedFrames?
  var slowLinks: ScriptedPlace.Slowness?
  var driverTimers: ScriptedPlace.Slowness?
  /// Until when nobody finds the driver, and nobody anybody, by name.
  var driverUnknownUntil: Int64 = 0
  var everybodyUnknownUntil: Int64 = 0
  var commitDeath: CommitDeath?

  // MARK: The program

  /// How many tries have met each mishap.
  var mishaps: [Int]
  /// What user code said when it threw, and the code of its error.
  var thrown: (code: FlintError.Code, words: String)?
  var asked: Set<Int> = []
  var cancelled: Set<Int> = []
  var over: Set<Int> = []
  /// A job has failed, and the program with it.
  var hasFailed = false

  init(_ script: WorldScript) {
    scenario = script.scenario
    program = script.program
    faults = script.scenario.faults.map { ArmedFault(planned: $0) }
    places = Array(repeating: ScriptedPlace(), count: script.scenario.cluster.executorCount)
    mishaps = Array(repeating: 0, count: script.program.mishaps.count)
  }

  // MARK: What the program does next

  /// The jobs for which the time has come.
  mutating func takeReadyJobs() -> [Int] {
    guard !hasFailed else { return [] }
    let ready = program.jobs.indices.filter { index in
      !asked.contains(index)
        && program.jobs[index].predecessors.allSatisfy { over.contains($0) || cancelled.contains($0) }
    }
    asked.formUnion(ready)
    return ready
  }

  /// The jobs that the program cancels now.
  mutating func takeCancelledJobs() -> [Int] {
    let due = program.jobs.indices.filter { index in
      guard let after = program.jobs[index].cancelledAfter, asked.contains(index), !over.contains(index),
        !cancelled.contains(index)
      else { return false }
      return after.allSatisfy { over.contains($0) || cancelled.contains($0) } && (!hasDeafTask(index) || standsStill)
    }
    cancelled.formUnion(due)
    return due
  }

  private var standsStill: Bool {
    zip(program.mishaps, mishaps).contains { mishap, count in
      if case .deaf = mishap.kind { count > 0 } else { false }
    }
  }

  private func hasDeafTask(_ job: Int) -> Bool {
    program.mishaps.contains { mishap in
      guard case .deaf = mishap.kind else { return false }
      return program.jobs[job].node.ancestry().contains { $0.id == mishap.dataset }
    }
  }

  /// What the program's code does to a task of this stage; nil when it works.
  mutating func takeMishap(in dataset: DatasetID, _ partition: PartitionID) -> ProgramPlan.Mishap.Kind? {
    for (index, mishap) in program.mishaps.enumerated()
    where mishap.dataset == dataset && mishap.partition == partition
      && mishap.tryCount.map({ mishaps[index] < $0 }) ?? true
    {
      mishaps[index] += 1
      if case .throwing(let code, _, let words) = mishap.kind { thrown = (code, words) }
      return mishap.kind
    }
    return nil
  }

  /// Whether nothing more is asked for.
  var isDone: Bool { asked.isSubset(of: over) && (hasFailed || asked.count == program.jobs.count) }
}
