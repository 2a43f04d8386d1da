internal import FlintCore

/// What the command line of a simulating program asks for.
struct SimulationOptions {
  static let usage = """
    usage: simulate --job NAME --seeds A..<B [--bug NAME]    run a range of seeds
           simulate --job NAME --seed N [--bug NAME]         replay one seed and print its trace
                    [--without PART,…]                       leave parts of it out, as a report says
                    [--first]                                end with the first seed that fails
           simulate --hunt [--bug NAME]                      how many seeds it takes to find each planted bug
           simulate --list                                   the jobs and their planted bugs
    Without --job it is the first job of the list.
    """

  /// Nil to list the jobs, or to hunt.
  private(set) var job: SimulationJob?
  /// Whether planted bugs are to be found.
  private(set) var hunts = false
  private(set) var seeds: Range<UInt64> = 0..<100
  private(set) var replays = false
  private(set) var plantedBug: String?
  /// Whether the first seed that fails ends the range.
  private(set) var endsAtFailure = false
  /// Parts of the run that are left out.
  private(set) var without: Set<String> = []

  /// `hunted` are the jobs whose bugs a hunt looks for.
  init(_ arguments: [String], jobs: [SimulationJob], hunted: [SimulationJob] = []) throws(FlintError) {
    var rest = arguments[...]
    var given: Set<String> = []
    while let option = rest.popFirst() {
      if option == "--list" { return }
      if option == "--first" {
        endsAtFailure = true
        continue
      }
      if option == "--hunt" {
        hunts = true
        continue
      }
      guard ["--job", "--seed", "--seeds", "--bug", "--without"].contains(option) else {
        throw FlintError(.invalidArgument, "unknown option \(option)")
      }
      guard let value = rest.popFirst() else { throw FlintError(.invalidArgument, "\(option) needs a value") }
      guard given.insert(option).inserted else { throw FlintError(.invalidArgument, "\(option) is given twice") }
      switch option {
      case "--job":
        guard let named = jobs.first(where: { $0.name == value }) else {
          let names = jobs.map(\.name).joined(separator: ", ")
          throw FlintError(.invalidArgument, "unknown job \(value); there are \(names)")
        }
        job = named
      case "--seed":
        guard let seed = UInt64(value), seed < .max else {
          throw FlintError(.invalidArgument, "\(value) is no seed; it is a number from 0 to 2^64 - 2")
        }
        seeds = seed..<seed + 1
        replays = true
      case "--seeds": seeds = try SimulationOptions.range(value)
      case "--without": without = Set(value.split(separator: ",").map(String.init))
      default: plantedBug = value
      }
    }
    guard !given.isSuperset(of: ["--seed", "--seeds"]) else {
      throw FlintError(.invalidArgument, "--seed and --seeds exclude each other")
    }
    guard given.contains("--seed") || !given.contains("--without") else {
      throw FlintError(.invalidArgument, "parts are left out of one --seed")
    }
    if hunts {
      try requireHunt(given, hunted)
      return
    }
    // Without arguments nothing is meant.
    if job == nil, !given.isEmpty { job = jobs.first }
    guard let job else { throw FlintError(.invalidArgument, "which seeds? name them with --seeds") }
    if let plantedBug, job.plantedBugs[plantedBug] == nil {
      let names = job.plantedBugs.keys.sorted().joined(separator: ", ")
      throw FlintError(.invalidArgument, "\(job.name) has no bug \(plantedBug); it has \(names)")
    }
  }

  private func requireHunt(_ given: Set<String>, _ hunted: [SimulationJob]) throws(FlintError) {
    guard given.isSubset(of: ["--bug"]), !endsAtFailure else {
      throw FlintError(.invalidArgument, "a hunt has its own jobs and seeds; it takes no option but --bug")
    }
    guard hunted.contains(where: { job in plantedBug.map { job.plantedBugs[$0] != nil } ?? !job.plantedBugs.isEmpty })
    else {
      throw FlintError(.invalidArgument, "no job has \(plantedBug.map { "a bug \($0)" } ?? "bugs") in this build")
    }
  }

  private static func range(_ text: String) throws(FlintError) -> Range<UInt64> {
    let ends = text.split(separator: "..<", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, let first = UInt64(ends[0]), let end = UInt64(ends[1]), first < end else {
      throw FlintError(.invalidArgument, "\(text) is no range of seeds; write it as 0..<1000")
    }
    return first..<end
  }
}
