/// What tells the series of one metric apart, such as `pool="etl"`: names with texts, sorted by name.
public struct MetricLabels: Hashable, Comparable, Sendable, ExpressibleByDictionaryLiteral {
  let pairs: [Pair]

  struct Pair: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// Labels of a literal. A name is an ASCII letter or `_`, then letters, digits and `_`; it does not start with `__`,
  /// is not `le`, which histograms use, and stands there once. Anything else is a mistake in the program and ends it.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, _) in elements {
      precondition(
        MetricName.isValid(name) && !name.contains(":") && !name.hasPrefix("__") && name != "le",
        "\(name) is not the name of a label")
    }
    precondition(Set(elements.map(\.0)).count == elements.count, "a label stands there twice")
    pairs = elements.map { Pair(name: $0, value: $1) }.sorted { $0.name < $1.name }
  }

  /// The order in which series are printed.
  public static func < (left: MetricLabels, right: MetricLabels) -> Bool {
    left.pairs.lexicographicallyPrecedes(right.pairs) { ($0.name, $0.value) < ($1.name, $1.value) }
  }
}
