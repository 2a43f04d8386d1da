/// Facts beside a log message, such as the stage or the executor: texts with names, sorted by name.
public struct LogMetadata: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// A name with its text.
  public struct Fact: Hashable, Sendable {
    /// What is told, in lowerCamelCase.
    public let name: String
    /// What it is.
    public let value: String
  }

  /// The facts, sorted by name, no name twice.
  public private(set) var facts: [Fact] = []

  /// The facts of a literal; of two with one name the later one counts.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// The text of the fact called `name`; nil takes the fact away.
  public subscript(name: String) -> String? {
    get { facts.first { $0.name == name }?.value }
    set {
      // A line has a handful of facts: a walk is faster than a search.
      let index = facts.firstIndex { $0.name >= name } ?? facts.endIndex
      let isThere = index < facts.endIndex && facts[index].name == name
      let replacement = newValue.map { [Fact(name: name, value: $0)] } ?? []
      facts.replaceSubrange(index..<(isThere ? index + 1 : index), with: replacement)
    }
  }

  /// These facts and the `others`; of two with one name the other counts.
  public func merging(_ others: LogMetadata) -> LogMetadata {
    guard !facts.isEmpty else { return others }
    var merged = self
    for fact in others.facts { merged[fact.name] = fact.value }
    return merged
  }
}
