internal import FlintDatasets

/// One step of a random lineage: what it is to the product, and what it is to arrays.
struct SwarmStep: Sendable {
  /// The operator's name, as the coverage calls it.
  let name: String
  /// The dataset behind it.
  let apply: @Sendable (Dataset<Pair>, SwarmScope) async throws -> Dataset<Pair>
  /// The same by plain loops, up to the order of rows; the number is ``SwarmScope/parameter``.
  let model: @Sendable ([Pair], Int) -> [Pair]

  init(
    _ name: String, _ apply: @escaping @Sendable (Dataset<Pair>, SwarmScope) async throws -> Dataset<Pair>,
    model: @escaping @Sendable ([Pair], Int) -> [Pair]
  ) {
    self.name = name
    self.apply = apply
    self.model = model
  }

  static let all: [SwarmStep] =
    narrow + partitioned + kept + texts + combining + exchanging + joining + composite + shared
}

/// Plain loops for the models.
enum Model {
  /// The values of each key, keys in order.
  static func groups(_ rows: [Pair]) -> [(Int, [Int])] {
    var groups: [Int: [Int]] = [:]
    for (key, value) in rows { groups[key, default: []].append(value) }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func sum(_ values: [Int]) -> Int { values.reduce(0, &+) }

  /// What the table of the joins has for a key.
  static func others(_ key: Int) -> [Int] { SwarmScope.table.filter { $0.0 == key }.map(\.1) }

  static func sorted(_ rows: [Pair]) -> [Pair] { rows.sorted { ($0.0, $0.1) < ($1.0, $1.1) } }
}
