import Testing
import Tidy

@Suite("Tidy: arrows between targets and shared settings")
struct PackageRulesTests {
  private struct Target {
    let name: String
    var imports: [String] = []
    var type = "regular"
    var isShared = true
    var features: [String] = []
    var definitions: [String] = []
    var flags: [String] = []
    var path: String?

    var json: String {
      let dependencies = imports.map { "{\"byName\": [\"\($0)\", null]}" }.joined(separator: ",")
      let features = features.map {
        "{\"tool\": \"swift\", \"kind\": {\"enableUpcomingFeature\": {\"_0\": \"\($0)\"}}}"
      }
      let definitions = definitions.map { "{\"tool\": \"swift\", \"kind\": {\"define\": {\"_0\": \"\($0)\"}}}" }
      let list = flags.map { "\"\($0)\"" }.joined(separator: ",")
      let unsafe = flags.isEmpty ? [] : ["{\"tool\": \"swift\", \"kind\": {\"unsafeFlags\": {\"_0\": [\(list)]}}}"]
      let shared = isShared ? ["{\"tool\": \"swift\", \"kind\": {}}"] : []
      let settings = (shared + features + definitions + unsafe).joined(separator: ",")
      let place = path.map { "\"path\": \"\($0)\", " } ?? ""
      return
        "{\"name\": \"\(name)\", \(place)\"type\": \"\(type)\", \"dependencies\": [\(dependencies)], \"settings\": [\(settings)]}"
    }
  }

  private func dump(_ targets: [Target]) throws -> PackageDump {
    try PackageDump(json: "{\"targets\": [\(targets.map(\.json).joined(separator: ","))]}")
  }

  private func arrows(_ targets: [Target], table: [String]) throws -> [Finding] {
    let rows = ["| target | purpose | imports |", "|---|---|---|"] + table
    let text = "# A\n\n## Targets\n\n\(rows.joined(separator: "\n"))\n\n## Planned\n\n| Other | later | A |\n"
    return findings(of: Arrows(try dump(targets)), in: ["ARCHITECTURE.md": text])
  }

  private static let twoTargets = [Target(name: "A"), Target(name: "B", imports: ["A"])]

  @Test("a package that follows its table passes; tests need no row")
  func follows() throws {
    let targets = Self.twoTargets + [Target(name: "BTests", imports: ["B"], type: "test")]
    #expect(try arrows(targets, table: ["| `A` | low | – |", "| `B` | high | `A` |"]).isEmpty)
  }

  @Test("an import that the table does not name is found")
  func forbidden() throws {
    let found = try arrows(Self.twoTargets, table: ["| A | low | – |", "| B | high | – |"])
    #expect(found.map(\.message) == ["B may not import A: the architecture's table says no"])
  }

  @Test("an arrow that points down is found")
  func down() throws {
    let targets = [Target(name: "A", imports: ["B"]), Target(name: "B")]
    let found = try arrows(targets, table: ["| A | low | B |", "| B | high | – |"])
    #expect(found.map(\.message) == ["A imports B, which stands below it"])
  }

  @Test("a row without its target, a target without its row, and an import that does not happen are found with lines")
  func table() throws {
    #expect(
      try arrows(Self.twoTargets, table: ["| A | low | – |"]).map(\.message).first?.contains("B has no row") == true)
    let gone = try arrows([Target(name: "A")], table: ["| A | low | – |", "| B | high | – |"])
    #expect(gone.map(\.line) == [8])
    let unused = try arrows([Target(name: "A"), Target(name: "B")], table: ["| A | low | – |", "| B | high | A |"])
    #expect(unused.map(\.line) == [8])
  }

  @Test("a table in another order than the package is found")
  func order() throws {
    let found = try arrows(Self.twoTargets, table: ["| B | high | A |", "| A | low | – |"])
    #expect(found.map(\.line) == [7])
  }

  @Test("settings other than the one constant, none at all, and unsafe flags are found")
  func settings() throws {
    let manifest = """
      .target(name: "A", swiftSettings: settings),
      .target(name: "B", swiftSettings: settings + [.define("X")]),
      .target(name: "C", swiftSettings: [.unsafeFlags(["-O"])]),
      """
    let rule = SharedSettings(try dump([Target(name: "A"), Target(name: "D", isShared: false)]))
    let files = ["Package.swift": manifest, "Sources/A/a.swift": "", "Sources/D/d.swift": ""]
    let found = findings(of: rule, in: files)
    #expect(found.map(\.line) == [1, 2, 3, 3])
    #expect(found.first?.message == "D lacks swiftSettings: settings")
  }

  @Test("the one constant for every Swift target passes; a C target needs none")
  func sharedSettings() throws {
    let rule = SharedSettings(try dump([Target(name: "A"), Target(name: "C", isShared: false)]))
    let files = [
      "Package.swift": ".target(name: \"A\", swiftSettings: settings)", "Sources/A/a.swift": "", "Sources/C/c.c": "",
    ]
    #expect(findings(of: rule, in: files).isEmpty)
  }

  private static let nonsending = "NonisolatedNonsendingByDefault"

  private func exceptions(_ targets: [Target], _ manifest: String) throws -> [String] {
    findings(of: SharedSettings(try dump(targets)), in: ["Package.swift": manifest]).map(\.message)
  }

  @Test("one module of tests may run its asynchronous functions where their caller does")
  func exception() throws {
    let module = Target(name: "M", features: [Self.nonsending], path: "Tests/Support/M")
    let use = ".target(name: \"M\", swiftSettings: nonsendingSettings)\n"
    #expect(try exceptions([Target(name: "A"), module], use).isEmpty)
    #expect(try exceptions([Target(name: "A"), module], use + use) == ["too many modules have nonsendingSettings: 2"])
  }

  @Test("bugs are planted in modules of tests alone")
  func planted() throws {
    let bugs = ["FLINT_PLANTED_BUGS"]
    let copy = Target(name: "M", definitions: bugs, path: "Tests/Support/M")
    let use = ".target(name: \"M\", swiftSettings: plantedSettings)\n"
    #expect(try exceptions([Target(name: "A"), copy], use + use).isEmpty)
    let product = Target(name: "P", definitions: bugs)
    #expect(
      try exceptions([Target(name: "A"), product], use)
        == ["P has plantedSettings, which are for modules of tests"])
  }

  @Test("applications keep their private types, and no other target has an unsafe flag")
  func applications() throws {
    let flags = ["-enable-private-imports"]
    let constant = "let jobSettings = settings + [.unsafeFlags([\"-enable-private-imports\"])]\n"
    let jobs = ["Jobs/J", "Tests/Support/P"].map { Target(name: $0, flags: flags, path: $0) }
    let use = ".executableTarget(name: \"J\", swiftSettings: jobSettings)\n"
    #expect(try exceptions([Target(name: "A")] + jobs, constant + use + use).isEmpty)
    let product = Target(name: "P", flags: flags)
    #expect(
      try exceptions([Target(name: "A"), product], constant + use)
        == ["P has jobSettings, which are for applications"])
    #expect(try exceptions([Target(name: "A")], constant + constant).count == 1)
  }

  @Test("the exception is not for the product, and adds nothing else")
  func abusedException() throws {
    let product = Target(name: "P", features: [Self.nonsending])
    #expect(
      try exceptions([Target(name: "A"), product], "")
        == ["P has nonsendingSettings, which are for modules of tests"])
    let other = Target(name: "M", features: [Self.nonsending, "Other"], path: "Tests/Support/M")
    #expect(
      try exceptions([Target(name: "A"), other], "") == ["M has other settings than the rest and one more"])
  }
}
