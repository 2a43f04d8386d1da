import FlintCore
import FlintSystem
import Testing

/// `flint new NAME`.
struct NewPackageTests {
  private static let paths = [
    "Package.swift", "Sources/Words/Job.swift", "Sources/Words/Tally.swift", "Tests/WordsTests/TallyTests.swift",
  ]

  @Test("the only absolute path in a new package is that of Flint")
  func paths() async throws {
    try await Scratch.use { scratch in
      let run = try await ProgramRun.flint(["new", "Words"], in: scratch.folder)
      #expect(run.exit == .exited(0), "\(run.errorOutput)")
      var absolute: [Substring] = []
      for path in Self.paths {
        let text = try await scratch.read(FilePath("\(scratch.folder)/Words/\(path)"))
        absolute += text.split(separator: "\n").filter { $0.contains("\"/") }
      }
      let line = try #require(absolute.first)
      #expect(absolute.count == 1)
      let flint = try #require(line.split(separator: "\"").dropFirst(3).first)
      #expect(try await scratch.files.status(of: FilePath("\(flint)/Sources/FlintLaunch")) != nil)
    }
  }

  @Test("the folder of Flint that is given is checked and made absolute")
  func flintFolder() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("", to: scratch.folder / "flint \"1\"/Package.swift")
      try await scratch.files.createDirectory(scratch.folder / "flint \"1\"/Sources/FlintLaunch")
      let run = try await ProgramRun.flint(["new", "Words", "--flint", "flint \"1\""], in: scratch.folder)
      #expect(run.exit == .exited(0), "\(run.errorOutput)")
      let manifest = try await scratch.read(scratch.folder / "Words/Package.swift")
      #expect(manifest.contains("path: \"\(scratch.folder)/flint \\\"1\\\"\")"))
      let other = try await ProgramRun.flint(["new", "Others", "--flint", "."], in: scratch.folder)
      #expect(other.errorOutput.contains("there is no Flint at ."))
      #expect(try await scratch.files.status(of: scratch.folder / "Others") == nil)
    }
  }

  @Test("what stands in a folder of that name is left alone")
  func existing() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("mine", to: scratch.folder / "Words/Package.swift")
      let run = try await ProgramRun.flint(["new", "Words"], in: scratch.folder)
      #expect(run.exit == .exited(1))
      #expect(run.errorOutput.contains("Words is there already"))
      #expect(try await scratch.read(scratch.folder / "Words/Package.swift") == "mine")
      #expect(try await scratch.files.list(scratch.folder / "Words") == ["Package.swift"])
    }
  }

  @Test(
    "names that are no modules of their own are refused",
    arguments: ["../x", "a-b", "1st", "", "é", "Swift", "Testing", "flint", "FlintCore", "class", "a b", "main"])
  func names(_ name: String) async throws {
    try await Scratch.use { scratch in
      let run = try await ProgramRun.flint(["new", name], in: scratch.folder)
      #expect(run.exit == .exited(2))
      #expect(run.errorOutput.contains("\"\(name)\" cannot be the name of a package"))
      #expect(try await scratch.files.list(scratch.folder).isEmpty)
    }
  }

  @Test("a missing name and an unknown option are told, and help is given")
  func commandLine() async throws {
    try await Scratch.use { scratch in
      #expect(try await ProgramRun.flint(["new"], in: scratch.folder).errorOutput.contains("has no name"))
      let unknown = try await ProgramRun.flint(["new", "Words", "--flnt=x"], in: scratch.folder)
      #expect(unknown.errorOutput.contains("try: write --flint"))
      let settings = try await ProgramRun.flint(["new", "Words", "--conf=a=b"], in: scratch.folder)
      #expect(settings.errorOutput.contains("there is no option --conf"))
      #expect(
        try await ProgramRun.flint(["new", "--help"], in: scratch.folder).output.contains("usage: flint new NAME"))
      #expect(try await scratch.files.list(scratch.folder).isEmpty)
    }
  }
}
