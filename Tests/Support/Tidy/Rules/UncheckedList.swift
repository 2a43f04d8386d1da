/// `@unchecked Sendable` and `nonisolated(unsafe)` stand only in listed files, each under a comment that proves it safe.
///
/// The list holds exact counts, so that it shrinks by itself: a use that went away must leave the list, too.
package struct UncheckedList: Rule {
  static let name = "unchecked"
  package static let listPath = "Tests/Support/Tidy/allowed-unchecked.txt"
  /// How far above its use the proof may end: attributes and the head of a long declaration stand between.
  private static let reach = 4
  private static let proofLines = 2

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    var uses: [String: [Int]] = [:]
    var findings: [Finding] = []
    for (path, source) in repository.swiftFiles(under: Places.all) {
      let lines = Self.uses(in: source)
      if !lines.isEmpty { uses[path] = lines }
      findings += lines.filter { !Self.hasProof(above: $0, in: source) }.map {
        Finding(path, $0, Self.name, "say above it, in at least two lines of comment, why it is safe")
      }
    }
    let allowed = AllowedList(repository.files[Self.listPath] ?? "")
    findings += uses.keys.sorted().compactMap { path in
      guard let lines = uses[path], lines.count != allowed.number(for: path) else { return nil }
      let listed = allowed.number(for: path) ?? 0
      return Finding(
        path, lines[0], Self.name, "\(lines.count) uses, \(listed) listed in \(Self.listPath): `\(path) \(lines.count)`"
      )
    }
    findings += allowed.entries.filter { uses[$0.key] == nil }.map {
      Finding(Self.listPath, $0.line, Self.name, "\($0.key) no longer needs its entry: remove it")
    }
    return findings
  }

  private static func uses(in source: SwiftSource) -> [Int] {
    source.tokens.indices.filter { index in
      source.tokens.reads(["@unchecked", "Sendable"], at: index)
        || source.tokens.reads(["nonisolated", "(", "unsafe", ")"], at: index)
    }.map { source.tokens[$0].line }
  }

  private static func hasProof(above line: Int, in source: SwiftSource) -> Bool {
    var last = line - 1
    while last > line - reach, source.isCode(last) { last -= 1 }
    let comments = (1...max(last, 1)).reversed().prefix { source.isComment($0) }
    return comments.count >= proofLines
  }
}
