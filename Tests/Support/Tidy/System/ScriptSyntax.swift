/// Shell scripts parse, by the shell that their first line names.
package struct ScriptSyntax: Sendable {
  static let name = "script"
  private let workFolder: String

  /// - Parameter workFolder: a folder for generated files, made when missing.
  package init(workFolder: String) {
    self.workFolder = workFolder
  }

  /// What the shells say. Throws when a shell cannot be started.
  package func findings(in repository: Repository) throws -> [Finding] {
    try Folder.makeEmpty(workFolder)
    return try repository.paths.compactMap { path -> Finding? in
      guard let text = repository.files[path], let shell = Self.shell(of: text, at: path) else { return nil }
      let copy = workFolder + "/script"
      try Folder.write(text, to: copy)
      let run = try Tool.run(shell, ["-n", copy], outputFile: workFolder + "/said.txt")
      guard run.exitCode != 0 else { return nil }
      return Finding(
        path, Self.line(in: run.output), Self.name, "\(shell) cannot read it: \(Self.firstLine(run.output))")
    }
  }

  private static func shell(of text: String, at path: String) -> String? {
    guard path.hasPrefix("Scripts/") || path.hasPrefix("Cluster/") || path.hasPrefix(".ci/") else { return nil }
    guard text.hasPrefix("#!") || path.hasSuffix(".sh") else { return nil }
    let first = text.prefix { $0 != "\n" }
    // What is sourced names no shell; the scripts that source it are for bash.
    if first.hasSuffix("bash") || !first.hasPrefix("#!") { return "bash" }
    return first.hasSuffix("sh") ? "sh" : nil
  }

  private static func firstLine(_ output: String) -> String {
    String(output.prefix { $0 != "\n" }.split(separator: ": ").dropFirst().joined(separator: ": "))
  }

  /// The number in `…: line 3: …` or `…: 3: …`.
  private static func line(in output: String) -> Int {
    output.split { ": \n".contains($0) }.lazy.compactMap { Int($0) }.first ?? 1
  }
}
