internal import Flint
internal import Glibc

/// An application whose jobs send closures to executors, and which prints what comes back.
@main struct SessionProbe: FlintApplication {
  enum Case: String, Decodable, CaseIterable {
    case process, privateTypes, generic, nothing, ownError, flintError, actor, result, log
  }

  struct Options: Decodable, Sendable {
    var show: Case
    var words: [String]
  }

  static let summary = "Sends closures to executors."

  private struct OwnError: Error { let number: Int }
  private actor Counter {}

  static func run(_ flint: Session, _ options: Options) async throws {
    let words = options.words
    switch options.show {
    case .process:
      let executors = try await flint.range(0..<1, partitions: 1).map { _ in getpid() }.collect()
      print(executors[0] != getpid())
    case .privateTypes:
      let rule = Rule(prefix: "a", weights: ["a": 2, "ab": 0.5])
      let counts = try await flint.range(0..<1, partitions: 1).map { _ in rule.counts(words) }.collect()[0]
      // The table was made there and is searched here: both hash alike, or at least the table is built anew.
      print(counts[Word(text: "ab")] ?? .unknown, counts[Word(text: "a")] ?? .unknown, counts.count)
    case .generic: print(try await largest([3, 9, 4], flint) ?? 0, try await largest(words, flint) ?? "none")
    case .nothing:
      print(try await flint.parallelize([String](), partitions: 2).map { $0 + "!" }.count())
    case .ownError: _ = try await one(flint) { throw OwnError(number: 7) }
    case .flintError: _ = try await one(flint) { throw FlintError(.diskFull, "no room", remedy: "make some") }
    case .actor:
      let counter = Counter()
      _ = try await flint.range(0..<1).map { "\($0)\(counter)" }.count()
    case .result: _ = try await flint.range(0..<1).map { row in { @Sendable in row } }.collect()
    case .log: flint.log.debug("said", ["words": "\(words.count)"])
    }
  }

  private static func largest<Value: Comparable & Sendable>(_ values: [Value], _ flint: Session) async throws -> Value?
  {
    try await flint.range(0..<1, partitions: 1).map { _ in values.max() }.collect()[0]
  }

  private static func one(_ flint: Session, _ body: @escaping @Sendable () throws -> Int) async throws -> Int {
    try await flint.range(0..<1, partitions: 1).map { _ in try body() }.count()
  }
}

private struct Word: Hashable { let text: String }

private enum Weight: CustomStringConvertible {
  case unknown
  case seen(times: Int, weight: Double)

  var description: String {
    switch self {
    case .unknown: "unknown"
    case .seen(let times, let weight): "\(times)x\(weight)"
    }
  }
}

private struct Rule {
  let prefix: String
  let weights: [String: Double]

  func counts(_ words: [String]) -> [Word: Weight] {
    Dictionary(grouping: words.filter { $0.hasPrefix(prefix) }) { Word(text: $0) }
      .mapValues { found in
        weights[found[0]].map { .seen(times: found.count, weight: $0) } ?? .unknown
      }
  }
}
