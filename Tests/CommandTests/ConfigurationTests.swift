import FlintCore
import Testing

/// `flint config show`.
struct ConfigurationTests {
  /// The lines of the table, with one space between columns.
  private func rows(_ run: ProgramRun) -> [String] {
    run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }

  @Test("every value is shown with the origin that won")
  func origins() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("# here\nflint.log.level warning\n", to: scratch.folder / "flint.conf")
      let environment = ["FLINT_LOG_LEVEL": "error", "FLINT_LOG_FORMAT": "json", "FLINT_MASTER": "local"]
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(rows(run).contains("flint.log.format json the environment variable FLINT_LOG_FORMAT"))
      #expect(rows(run).contains("flint.log.level warning flint.conf:2"))
      #expect(rows(run).contains("flint.master local the environment variable FLINT_MASTER"))
      #expect(rows(run).contains("flint.task.maxFailures 4 default"))
      let given = try await ProgramRun.flint(
        ["config", "show", "--conf", "flint.log.level=debug"], in: scratch.folder, environment: environment)
      #expect(rows(given).contains("flint.log.level debug the command line (--conf)"))
    }
  }

  @Test("FLINT_CONF holds any settings, with semicolons between them, and comes before single variables")
  func settingsVariable() async throws {
    try await Scratch.use { scratch in
      let environment = ["FLINT_CONF": "flint.log.level=debug; flint.task.maxFailures=2;", "FLINT_LOG_LEVEL": "error"]
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(rows(run).contains("flint.log.level debug the environment variable FLINT_CONF"))
      #expect(rows(run).contains("flint.task.maxFailures 2 the environment variable FLINT_CONF"))
      let wrong = try await ProgramRun.flint(
        ["config", "show"], in: scratch.folder, environment: ["FLINT_CONF": "flint.log.levle=debug"])
      #expect(wrong.errorOutput.contains("write flint.log.level, the nearest name"))
    }
  }

  @Test("the file at home counts where the working directory has none, and only there")
  func home() async throws {
    try await Scratch.use { scratch in
      let home = scratch.folder / "home"
      let file = home / ".flint" / "flint.conf"
      try await scratch.write("flint.log.format = json\n", to: file)
      let environment = ["HOME": home.string]
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(rows(run).contains("flint.log.format json \(file):1"))
      try await scratch.write("", to: scratch.folder / "flint.conf")
      let other = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(rows(other).contains("flint.log.format text default"))
    }
  }

  @Test("a setting that is wrong is told with its file and line, and exit code 2")
  func wrong() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("flint.log.levle info\n", to: scratch.folder / "flint.conf")
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder)
      #expect(run.exit == .exited(2))
      #expect(run.errorOutput.contains("flint.conf:1"))
      #expect(run.errorOutput.contains("try: write flint.log.level, the nearest name"))
    }
  }
}
