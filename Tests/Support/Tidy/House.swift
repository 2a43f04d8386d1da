/// All laws of the house together, over the repository that stands in a folder.
package struct House: Sendable {
  private let root: String
  private let buildFolder: String
  private let workFolder: String

  /// - Parameters:
  ///   - root: the repository's folder.
  ///   - buildFolder: a finished debug build, against which code in documents is compiled.
  ///   - workFolder: a folder for generated files; it is removed afterwards.
  package init(root: String, buildFolder: String, workFolder: String) {
    self.root = root
    self.buildFolder = buildFolder
    self.workFolder = workFolder
  }

  /// Every finding, in the order of files and lines. Throws when a file cannot be read or a tool cannot be started.
  package func findings() throws -> [Finding] {
    let repository = try Repository(readingFrom: root)
    try Folder.makeEmpty(workFolder)
    let package = try describePackage()
    let rules: [any Rule] = [
      BannedCalls(), LeftOvers(), UncheckedList(), LongList(), TopLevel(), Links(),
      Arrows(package), SharedSettings(package),
    ]
    var findings = rules.flatMap { $0.findings(in: repository) }
    findings += try ScriptSyntax(workFolder: workFolder + "/scripts").findings(in: repository)
    findings += try CodeBlockCheck(buildFolder: buildFolder, workFolder: workFolder + "/blocks")
      .findings(in: repository)
    findings += try UnorderedIteration(buildFolder: buildFolder, workFolder: workFolder + "/order")
      .findings(in: repository)
    try Folder.remove(workFolder)
    return findings.sorted()
  }

  /// SwiftPM's description of the package. A scratch folder of its own, since a build may hold the lock of the usual one.
  private func describePackage() throws -> PackageDump {
    let run = try Tool.run(
      "swift", ["package", "--package-path", root, "--scratch-path", workFolder + "/package", "dump-package"],
      outputFile: workFolder + "/package.json")
    return try PackageDump(json: String(run.output.drop { $0 != "{" }))
  }
}
