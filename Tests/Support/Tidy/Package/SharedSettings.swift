/// Every Swift target is built with the one `settings` constant, and none with unsafe flags.
package struct SharedSettings: Rule {
  static let name = "settings"
  private static let path = "Package.swift"
  private let package: PackageDump

  package init(_ package: PackageDump) {
    self.package = package
  }

  package func findings(in repository: Repository) -> [Finding] {
    let tokens = SwiftSource(repository.files[Self.path] ?? "").tokens
    let other = tokens.indices.filter {
      tokens.reads(["swiftSettings", ":"], at: $0) && !isConstant(tokens, at: $0 + 2)
    }.map { Finding(Self.path, tokens[$0].line, Self.name, "use the constant: swiftSettings: settings") }
    let unsafe = tokens.filter { $0.text == "unsafeFlags" }.map {
      Finding(Self.path, $0.line, Self.name, "no unsafe flags: they bar the package from being a dependency")
    }
    let bare = package.targets.filter { target in
      !target.settings.contains { $0.tool == "swift" }
        && !repository.swiftFiles(under: [target.folder + "/"]).isEmpty
    }.map { Finding(Self.path, 1, Self.name, "\($0.name) lacks swiftSettings: settings") }
    return other + unsafe + bare
  }

  private func isConstant(_ tokens: [Token], at index: Int) -> Bool {
    [",", ")"].contains { tokens.reads(["settings", $0], at: index) }
  }
}
