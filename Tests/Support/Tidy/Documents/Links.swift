/// Links in documents lead to files and headings that exist, and neither documents nor comments speak of a place outside
/// the repository.
package struct Links: Rule {
  static let name = "link"
  /// The roots of absolute paths that every Debian system has, and of the paths that Flint serves over HTTP.
  private static let systemRoots: Set<String> = [
    "bin", "boot", "dev", "etc", "lib", "proc", "run", "sbin", "sys", "tmp", "usr", "var", "api", "metrics", "opt",
  ]

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    let documents = repository.documents
    let anchors = Dictionary(uniqueKeysWithValues: documents.map { ($0.path, MarkdownDocument($0.text).anchors) })
    let broken = documents.flatMap { path, text in
      MarkdownDocument(text).links.compactMap { link -> Finding? in
        Self.problem(link.target, from: path, anchors, repository).map { Finding(path, link.line, Self.name, $0) }
      }
    }
    let inDocuments = documents.flatMap { path, text in
      Self.outside(text.split(separator: "\n", omittingEmptySubsequences: false), path)
    }
    let inComments = repository.swiftFiles(under: Places.all).flatMap { path, source in
      Self.outside(source.commentLines.map { $0[...] }, path)
    }
    return broken + inDocuments + inComments
  }

  private static func outside(_ lines: [Substring], _ path: String) -> [Finding] {
    lines.enumerated().flatMap { index, line in
      outsidePaths(line, from: path).map {
        Finding(path, index + 1, name, "\($0) is a place outside the repository that a reader does not have")
      }
    }
  }

  private static func problem(
    _ target: String, from path: String, _ anchors: [String: Set<String>], _ repository: Repository
  ) -> String? {
    if target.contains("://") || target.hasPrefix("mailto:") { return nil }
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let file = parts[0].isEmpty ? path : resolve(parts[0], from: path)
    guard let file, repository.holds(file) else { return "\(target) does not exist" }
    guard parts.count > 1, let known = anchors[file], !known.contains(parts[1]) else { return nil }
    return "\(file) has no heading for #\(parts[1])"
  }

  /// The path that `target` means in a document at `path`; nil when it leads out of the repository.
  private static func resolve(_ target: String, from path: String) -> String? {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }

  /// Paths in a line of text that lead out of the repository, or that only some machine has.
  private static func outsidePaths(_ line: Substring, from path: String) -> [String] {
    let words = line.split { $0.isWhitespace || "`\"'()[]<>,;|*=".contains($0) }
    return words.filter { word in
      if word.hasPrefix("../") { return resolve(String(word), from: path) == nil }
      guard word.hasPrefix("/"), !word.hasPrefix("//") else { return false }
      let parts = word.split(separator: "/")
      guard parts.count > 1, let root = parts.first else { return false }
      return !systemRoots.contains(String(root))
    }.map(String.init)
  }
}
