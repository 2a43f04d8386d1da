internal import CFlintTesting

/// What a test asks of the second life of its executable: which seeds, and what of one is left out.
struct ChaosRequest: Equatable {
  /// The variable that carries it.
  static let variable = FLINT_TESTING_VARIABLE
  /// The seed that people want to see alone.
  static let seedVariable = "FLINT_SIMULATION_SEED"
  /// What of it they leave out, with commas between.
  static let withoutVariable = "FLINT_SIMULATION_WITHOUT"

  var seeds: Range<UInt64>
  var replays = false
  var without: Set<String> = []

  /// `seeds`, unless `environment` names one.
  init(seeds: Range<UInt64>, environment: [String: String]) {
    self.seeds = seeds
    guard let seed = environment[Self.seedVariable].flatMap({ UInt64($0) }), seed < .max else { return }
    self.seeds = seed..<seed + 1
    replays = true
    without = Set((environment[Self.withoutVariable] ?? "").split(separator: ",").map(String.init))
  }

  /// Nil for a text that is none.
  init?(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let ends = parts[0].split(separator: "..<").map { UInt64($0) }
    guard ends.count == 2, let first = ends[0], let end = ends[1], first < end else { return nil }
    seeds = first..<end
    replays = parts[1] == "replay"
    without = Set(parts[2].split(separator: ",").map(String.init))
  }

  var text: String {
    "\(seeds.lowerBound)..<\(seeds.upperBound);\(replays ? "replay" : "");\(without.sorted().joined(separator: ","))"
  }
}
