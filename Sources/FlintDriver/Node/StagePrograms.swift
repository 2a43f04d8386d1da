internal import FlintCore
internal import FlintExecution
internal import FlintLineage

/// The shipped work of stages: made when a job is submitted, before anything runs, and kept while somebody may need it.
struct StagePrograms {
  private var ofShuffles: [ShuffleID: [UInt8]] = [:]
  private var ofJobs: [JobID: [UInt8]] = [:]

  /// The programs of a job that were not there yet.
  struct Made: Sendable {
    fileprivate var ofShuffles: [ShuffleID: [UInt8]] = [:]
    fileprivate var result: [UInt8] = []
  }

  /// Ships what `request` needs. Does not touch the books, so that it can run anywhere.
  ///
  /// Throws `unshippable-closure`, and `resource-exhausted` for a stage that does not fit into a message.
  static func make(
    _ request: JobRequest, known: Set<ShuffleID>, limits: Limits
  ) throws(FlintError) -> Made {
    var planner = StagePlanner()
    let plan = planner.plan(request.node)
    let dependencies = request.node.ancestry().flatMap(\.shuffles)
    let byID = Dictionary(dependencies.map { ($0.id, $0) }) { first, _ in first }
    var made = Made()
    for stage in plan.stages {
      switch stage.kind {
      case .shuffleMap(let shuffle):
        guard !known.contains(shuffle), let dependency = byID[shuffle] else { continue }
        made.ofShuffles[shuffle] = try fitting(
          StageProgram(of: stage, writing: dependency).bytes, limits, stage.node.location)
      case .result:
        made.result = try fitting(StageProgram(of: stage, answering: request).bytes, limits, request.location)
      }
    }
    return made
  }

  private static func fitting(
    _ program: [UInt8], _ limits: Limits, _ location: SourceLocation
  ) throws(FlintError) -> [UInt8] {
    let limit = limits.frameLength.bytes - 1024
    guard program.count <= limit else {
      throw FlintError(
        .resourceExhausted, "a stage takes \(ByteCount(Int64(program.count))) to send to an executor",
        why: "its closures capture more than the \(limits.frameLength) of a message",
        remedy: "give large values to the executors by broadcast", at: location)
    }
    return program
  }

  /// The exchanges whose programs are there.
  var knownShuffles: Set<ShuffleID> { Set(ofShuffles.keys) }

  mutating func keep(_ made: Made, for job: JobID) {
    ofShuffles.merge(made.ofShuffles) { known, _ in known }
    ofJobs[job] = made.result
  }

  /// The program of a stage that runs for `job`.
  func program(of stage: Stage, for job: JobID) -> [UInt8]? {
    switch stage.kind {
    case .shuffleMap(let shuffle): ofShuffles[shuffle]
    case .result: ofJobs[job]
    }
  }

  mutating func forget(_ shuffle: ShuffleID) { ofShuffles[shuffle] = nil }

  mutating func forget(_ job: JobID) { ofJobs[job] = nil }
}
