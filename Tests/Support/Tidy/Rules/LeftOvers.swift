/// Notes to oneself and stubs: work that was begun and not ended.
package struct LeftOvers: Rule {
  static let name = "left-over"
  private static let markers = ["TODO", "FIXME", "XXX", "HACK"]

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    let swift = repository.swiftFiles(under: Places.all).flatMap { path, source in
      Self.markedLines(source.commentLines).map { Finding(path, $0, Self.name, "finish it, or open an issue") }
        + Self.stubs(source).map { Finding(path, $0, Self.name, "no stub: leave out what does not exist yet") }
    }
    let others = repository.paths.filter(Self.isHandwritten).flatMap { path in
      Self.markedLines((repository.files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false))
        .map { Finding(path, $0, Self.name, "finish it, or open an issue") }
    }
    return swift + others
  }

  private static func isHandwritten(_ path: String) -> Bool {
    path.hasPrefix("Scripts/") || path.hasSuffix(".c") || path.hasSuffix(".h")
  }

  private static func markedLines(_ lines: [some StringProtocol]) -> [Int] {
    lines.indices.filter { index in
      lines[index].split(whereSeparator: { !$0.isLetter }).contains { markers.contains(String($0)) }
    }.map { $0 + 1 }
  }

  /// Traps whose message says that the code is still missing.
  private static func stubs(_ source: SwiftSource) -> [Int] {
    let missing = ["todo", "not implemented", "unimplemented", "not yet"]
    return source.tokens.indices.filter { source.tokens.reads(["fatalError", "("], at: $0) }
      .map { source.tokens[$0].line }
      .filter { line in
        let text = source.literalLines[line - 1].lowercased()
        return missing.contains(where: text.contains)
      }
  }
}
