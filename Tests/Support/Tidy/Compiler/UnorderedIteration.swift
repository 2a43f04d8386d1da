/// Deciders never go through a dictionary or a set in its own order, which is another one in every process.
///
/// The compiler knows which values these are: the check reads the tree that it makes of the deciders' target, and lets
/// pass what gives the same in every order, and what is sorted at once.
package struct UnorderedIteration: Sendable {
  static let name = "unordered-iteration"
  private static let target = "FlintScheduling"
  /// Members after which the order is known, or no longer matters.
  private static let settles: Set<String> = ["sorted", "contains", "isEmpty", "count", "allSatisfy"]
  private static let message = "go through it by .sorted: its own order differs from process to process"

  private let buildFolder: String
  private let workFolder: String

  /// - Parameters:
  ///   - buildFolder: where SwiftPM put the debug build; `Modules` stands in it.
  ///   - workFolder: a folder for generated files, made when missing.
  package init(buildFolder: String, workFolder: String) {
    self.buildFolder = buildFolder
    self.workFolder = workFolder
  }

  /// The walks without an order. Throws when the compiler cannot be started.
  package func findings(in repository: Repository) throws -> [Finding] {
    let prefix = "Sources/\(Self.target)/"
    let sources = repository.swiftFiles(under: [prefix])
    guard !sources.isEmpty else { return [] }
    try Folder.makeEmpty(workFolder)
    // The names of files within a target differ.
    let copies = Dictionary(
      uniqueKeysWithValues: sources.enumerated().map { ("\(workFolder)/\($0).swift", $1) })
    for (copy, source) in copies { try Folder.write(repository.files[source.path] ?? "", to: copy) }
    let run = try typedTree(of: copies.keys.sorted(), repository)
    guard run.exitCode == 0 else {
      return [Finding("Package.swift", 1, Self.name, "the compiler failed: \(run.output.prefix(500))")]
    }
    var findings: Set<Finding> = []
    for copy in copies.keys.sorted() {
      guard let (path, source) = copies[copy] else { continue }
      for line in try Folder.read(copy + ".tree").split(separator: "\n") {
        guard let reference = TreeReference(line), reference.readsInUnknownOrder,
          !isSettled(source.tokens, at: reference)
        else { continue }
        findings.insert(Finding(path, reference.line, Self.name, Self.message))
      }
    }
    return findings.sorted()
  }

  private func typedTree(of files: [String], _ repository: Repository) throws -> Tool.Result {
    let modules = try BuiltModules(of: repository, in: buildFolder, workFolder: workFolder)
    let arguments =
      [
        "-frontend", "-dump-ast", "-parse-as-library", "-swift-version", "6", "-enable-upcoming-feature",
        "MemberImportVisibility", "-enable-upcoming-feature", "InternalImportsByDefault", "-module-name", Self.target,
      ] + modules.flags
    return try Tool.run(
      "swiftc", arguments + files.flatMap { ["-primary-file", $0, "-o", $0 + ".tree"] },
      outputFile: workFolder + "/compiler.txt")
  }

  /// Whether the expression that begins with the reference goes on to something that has no order.
  private func isSettled(_ tokens: [Token], at reference: TreeReference) -> Bool {
    guard let start = tokens.firstIndex(where: { $0.line == reference.line && $0.column == reference.column }),
      tokens[start].text != "for"
    else { return false }
    var position = start + 1
    while position < tokens.count {
      if tokens[position].text == ".", tokens.indices.contains(position + 1) {
        if Self.settles.contains(tokens[position + 1].text) { return true }
        position += 2
      } else if ["(", "{"].contains(tokens[position].text), tokens[position].line == tokens[position - 1].line,
        let end = tokens.closing(position)
      {
        position = end + 1
      } else {
        break
      }
    }
    return false
  }
}
