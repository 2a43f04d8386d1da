/// Every Swift target is built with the one `settings` constant.
///
/// Modules of tests may have a constant that adds one thing: an upcoming feature, to stand for users' modules with it, or
/// the definition that plants bugs in a copy of what it tests. Applications have another one, with the flag that keeps their
/// private types, and no target has any other unsafe flag.
package struct SharedSettings: Rule {
  static let name = "settings"
  private static let path = "Package.swift"
  /// A constant for modules of tests, or for applications.
  private struct Exception {
    let name: String
    /// The one setting that it has more.
    let setting: String
    /// How many targets may have it; nil for any number.
    let uses: Int?
    let folders: [String]
    let purpose: String

    init(name: String, setting: String, uses: Int?, folders: [String] = [], purpose: String = "modules of tests") {
      self.name = name
      self.setting = setting
      self.uses = uses
      self.folders = ["Tests/Support/"] + folders
      self.purpose = purpose
    }
  }

  private static let exceptions = [
    Exception(
      name: "nonsendingSettings", setting: "enableUpcomingFeature(NonisolatedNonsendingByDefault)", uses: 1),
    Exception(name: "plantedSettings", setting: "define(FLINT_PLANTED_BUGS)", uses: 2),
    Exception(
      name: "jobSettings", setting: "unsafeFlags(-enable-private-imports)", uses: nil, folders: ["Jobs/"],
      purpose: "applications"),
  ]
  private let package: PackageDump

  package init(_ package: PackageDump) {
    self.package = package
  }

  package func findings(in repository: Repository) -> [Finding] {
    let tokens = SwiftSource(repository.files[Self.path] ?? "").tokens
    let other = tokens.indices.filter {
      tokens.reads(["swiftSettings", ":"], at: $0) && !isConstant(tokens, at: $0 + 2)
    }.map { Finding(Self.path, tokens[$0].line, Self.name, "use the constant: swiftSettings: settings") }
    // One is the constant's own.
    let isListed = tokens.indices.contains { tokens.reads(["let", "jobSettings"], at: $0) }
    let unsafe = tokens.filter { $0.text == "unsafeFlags" }.dropFirst(isListed ? 1 : 0).map {
      Finding(Self.path, $0.line, Self.name, "no unsafe flags: they bar a library from being a dependency")
    }
    let bare = package.targets.filter { target in
      !target.settings.contains { $0.tool == "swift" }
        && !repository.swiftFiles(under: [target.folder + "/"]).isEmpty
    }.map { Finding(Self.path, 1, Self.name, "\($0.name) lacks swiftSettings: settings") }
    return other + unsafe + bare + Self.exceptions.flatMap { abuses(of: $0, tokens) }
  }

  private func abuses(of exception: Exception, _ tokens: [Token]) -> [Finding] {
    let uses = tokens.indices.filter { tokens.reads(["swiftSettings", ":", exception.name], at: $0) }
    let more = uses.dropFirst(exception.uses ?? uses.count).map {
      Finding(Self.path, tokens[$0].line, Self.name, "too many modules have \(exception.name): \(uses.count)")
    }
    let exceptional = package.targets.filter { $0.settings.contains { $0.text == exception.setting } }
    let product = exceptional.filter { !exception.folders.contains(where: $0.folder.hasPrefix) }.map {
      Finding(Self.path, 1, Self.name, "\($0.name) has \(exception.name), which are for \(exception.purpose)")
    }
    let usual = package.targets.first { target in
      target.settings.contains { $0.tool == "swift" } && !isExceptional(target)
    }
    let different = exceptional.filter { target in
      target.settings.filter { $0.text != exception.setting }.map(\.text) != usual?.settings.map(\.text)
    }.map { Finding(Self.path, 1, Self.name, "\($0.name) has other settings than the rest and one more") }
    return more + product + different
  }

  private func isExceptional(_ target: PackageDump.Target) -> Bool {
    target.settings.contains { setting in Self.exceptions.contains { $0.setting == setting.text } }
  }

  private func isConstant(_ tokens: [Token], at index: Int) -> Bool {
    [",", ")"].contains { end in
      (["settings"] + Self.exceptions.map(\.name)).contains { tokens.reads([$0, end], at: index) }
    }
  }
}
