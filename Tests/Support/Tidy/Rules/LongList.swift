/// Files have at most 400 lines, functions at most 60. What is longer stands in a list with its exact length.
///
/// An entry `path lines` is a file, `path name lines` a function. When one becomes shorter, its entry must follow.
package struct LongList: Rule {
  static let name = "long"
  package static let listPath = "Tests/Support/Tidy/allowed-long.txt"
  package static let fileLimit = 400
  package static let functionLimit = 60
  private static let suffixes = [".swift", ".c", ".h", ".py", ".sh"]

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    let allowed = AllowedList(repository.files[Self.listPath] ?? "")
    var findings: [Finding] = []
    var long: Set<String> = []
    func check(_ key: String, _ length: Int, limit: Int, at path: String, line: Int, _ what: String) {
      guard length > limit else { return }
      long.insert(key)
      guard allowed.number(for: key) != length else { return }
      findings.append(
        Finding(path, line, Self.name, "\(what) has \(length) lines, more than \(limit): split it by topic"))
    }
    for path in repository.paths where Self.isCode(path) {
      let text = repository.files[path] ?? ""
      let count = text.utf8.count { $0 == UInt8(ascii: "\n") }
      check(path, count, limit: Self.fileLimit, at: path, line: 1, "the file")
    }
    for (path, source) in repository.swiftFiles(under: Places.all) {
      for function in FunctionSpan.functions(in: source) {
        check(
          "\(path) \(function.name)", function.length, limit: Self.functionLimit, at: path, line: function.first,
          "\(function.name)")
      }
    }
    findings += allowed.entries.filter { !long.contains($0.key) }.map {
      Finding(Self.listPath, $0.line, Self.name, "\($0.key) is no longer too long: remove its entry")
    }
    return findings
  }

  private static func isCode(_ path: String) -> Bool {
    path.hasPrefix("Scripts/") && !path.hasSuffix(".txt") || suffixes.contains(where: path.hasSuffix)
  }
}
