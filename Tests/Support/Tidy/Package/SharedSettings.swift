/// Every Swift target is built with the one `settings` constant, and none with unsafe flags.
///
/// One module of tests has a second constant, which adds one upcoming feature: it stands for users' modules with it.
package struct SharedSettings: Rule {
  static let name = "settings"
  private static let path = "Package.swift"
  private static let exception = "nonsendingSettings"
  private static let exceptionalSetting = "enableUpcomingFeature(NonisolatedNonsendingByDefault)"
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
    return other + unsafe + bare + exceptions(tokens)
  }

  private func exceptions(_ tokens: [Token]) -> [Finding] {
    let uses = tokens.indices.filter { tokens.reads(["swiftSettings", ":", Self.exception], at: $0) }
    let more = uses.dropFirst().map {
      Finding(Self.path, tokens[$0].line, Self.name, "only one module has \(Self.exception)")
    }
    let exceptional = package.targets.filter { $0.settings.contains { $0.text == Self.exceptionalSetting } }
    let product = exceptional.filter { !$0.folder.hasPrefix("Tests/Support/") }.map {
      Finding(Self.path, 1, Self.name, "\($0.name) has \(Self.exception), which are for a module of tests")
    }
    let usual = package.targets.first { target in
      target.settings.contains { $0.tool == "swift" } && !exceptional.contains { $0.name == target.name }
    }
    let different = exceptional.filter { target in
      target.settings.filter { $0.text != Self.exceptionalSetting }.map(\.text) != usual?.settings.map(\.text)
    }.map { Finding(Self.path, 1, Self.name, "\($0.name) has other settings than the rest and one more") }
    return more + product + different
  }

  private func isConstant(_ tokens: [Token], at index: Int) -> Bool {
    [",", ")"].contains { end in
      ["settings", Self.exception].contains { tokens.reads([$0, end], at: index) }
    }
  }
}
