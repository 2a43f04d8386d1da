/// The top level holds the few folders and documents that the architecture names, and nothing else.
package struct TopLevel: Rule {
  static let name = "top-level"
  private static let folders: Set<String> = ["Sources", "Tests", "Cluster", "Jobs", "Scripts"]
  private static let files: Set<String> = ["Package.swift", "Package.resolved", "LICENSE", "NOTICE"]

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    repository.paths.compactMap { path in
      let parts = path.split(separator: "/", maxSplits: 1)
      guard let top = parts.first.map(String.init), !top.hasPrefix(".") else { return nil }
      let isKnown = parts.count > 1 ? Self.folders.contains(top) : Self.files.contains(top) || top.hasSuffix(".md")
      return isKnown ? nil : Finding(path, 1, Self.name, "\(top) has no place at the top level; find its room below")
    }
  }
}
