/// Compiles the blocks of code in documents and documentation comments against the modules of a finished debug build.
package struct CodeBlockCheck: Sendable {
  static let name = "code-block"
  private let buildFolder: String
  private let workFolder: String

  /// - Parameters:
  ///   - buildFolder: where SwiftPM put the debug build; `Modules` stands in it.
  ///   - workFolder: a folder for generated files, made when missing.
  package init(buildFolder: String, workFolder: String) {
    self.buildFolder = buildFolder
    self.workFolder = workFolder
  }

  /// What the compiler says about the blocks. Throws when the compiler cannot be started.
  ///
  /// Blocks that fit into a function share one run of the compiler; each whole file takes its own, since two documents
  /// may declare the same name.
  package func findings(in repository: Repository) throws -> [Finding] {
    let blocks = CodeBlock.blocks(in: repository)
    try Folder.makeEmpty(workFolder)
    let modules = try BuiltModules(of: repository, in: buildFolder, workFolder: workFolder)
    var shared: [String] = []
    var findings: [Finding] = []
    for (index, block) in blocks.enumerated() {
      let path = "\(workFolder)/block\(index).swift"
      try Folder.write(block.file(named: "block\(index)", importing: modules.names), to: path)
      if block.isWholeFile {
        findings += try compile([path], modules)
      } else {
        shared.append(path)
      }
    }
    if !shared.isEmpty { findings += try compile(shared, modules) }
    return findings
  }

  private func compile(_ files: [String], _ modules: BuiltModules) throws -> [Finding] {
    let arguments =
      [
        "-typecheck", "-parse-as-library", "-swift-version", "6", "-enable-upcoming-feature", "ExistentialAny",
        "-enable-upcoming-feature", "MemberImportVisibility", "-module-name", "Documents", "-diagnostic-style", "llvm",
      ] + modules.flags + files
    let run = try Tool.run("swiftc", arguments, outputFile: workFolder + "/compiler.txt")
    let errors = run.output.split(separator: "\n").compactMap(Self.finding)
    guard errors.isEmpty, run.exitCode != 0 else { return errors }
    return [Finding("Package.swift", 1, Self.name, "the compiler failed: \(run.output.prefix(500))")]
  }

  /// `README.md:12:5: error: cannot find 'x' in scope` as a finding; nil for every other line.
  private static func finding(_ line: Substring) -> Finding? {
    guard let mark = line.firstRange(of: ": error: ") else { return nil }
    let place = line[..<mark.lowerBound].split(separator: ":")
    guard place.count == 3, let number = Int(place[1]) else { return nil }
    return Finding(String(place[0]), number, name, "does not compile: \(line[mark.upperBound...])")
  }
}
