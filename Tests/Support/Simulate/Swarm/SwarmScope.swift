internal import FlintChaos
internal import FlintCore
internal import FlintDatasets

/// The rows of the swarm's lineages.
typealias Pair = (Int, Int)

/// What a step of a random lineage has at hand.
struct SwarmScope: Sendable {
  let session: Session
  let ground: ScenarioJob.Ground
  /// Which step of its lineage it is, for names of its own.
  let number: Int
  /// A small number that makes two uses of one step differ.
  let parameter: Int

  /// How many partitions an exchange makes.
  var partitions: Int { 1 + parameter % 5 }

  func path(_ name: String) -> String { ground.path("\(name)\(number)") }

  /// What other datasets are joined with.
  static let table: [Pair] = (0..<12).map { ($0, $0 * 7) } + [(3, 100), (5, 100)]

  var table: Dataset<Pair> { session.parallelize(Self.table, partitions: 2) }

  func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
    guard condition else { throw FlintError(.simulationFailed, "I1: WRONG ANSWER: \(what())") }
  }
}
