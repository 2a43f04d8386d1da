import FlintCore
import Testing

/// What an application's run can do, and how its program ends.
struct SessionTests {
  private func probe(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    let place = ["FLINT_MASTER": "local[2]", "FLINT_CONF": "flint.eventLog.enabled=false; flint.progress=off"]
    return try await ProgramRun.run(
      "session-probe", ["--show", name] + arguments, environment: place.merging(environment) { $1 })
  }

  @Test(
    "a closure travels to an executor, and what it makes comes back",
    arguments: [
      ("process", "false\n"), ("privateTypes", "2x0.5 1x2.0 3\n"), ("generic", "9 b\n"), ("nothing", "0\n"),
    ])
  func results(_ name: String, _ output: String) async throws {
    let run = try await probe(name, ["--words", "ab,a,ab,b,abc"])
    #expect(run.output == output, "\(run.errorOutput)")
    #expect(run.exit == .exited(0))
  }

  @Test(
    "what cannot be done is told on standard error, with exit code 1",
    arguments: [
      ("ownError", "error[user-code] stage 0 attempt 0, partition 0, attempt 3 failed 4 times"),
      ("ownError", "OwnError(number: 7)"), ("ownError", "SessionProbe.swift:"),
      ("ownError", "on executor 0 incarnation 0"), ("flintError", "error[disk-full]"),
      ("flintError", "because no room"),
      ("flintError", "try: make some"), ("actor", "error[unshippable-closure]"), ("actor", "SessionProbe.swift:"),
      ("result", "the rows cannot be collected"), ("result", "SessionProbe.swift:"),
    ])
  func failures(_ name: String, _ said: String) async throws {
    let run = try await probe(name)
    #expect(run.exit == .exited(1))
    #expect(run.output.isEmpty)
    #expect(run.errorOutput.contains(said), "\(run.errorOutput)")
  }

  @Test("a wrong command line or setting is told before anything runs, with exit code 2")
  func wrongStart() async throws {
    let option = try await probe("proces")
    #expect(option.exit == .exited(2))
    #expect(option.errorOutput.contains("it is one of process, privateTypes"))
    let setting = try await probe("process", ["--conf", "flint.log.levle=info"])
    #expect(setting.exit == .exited(2))
    #expect(setting.errorOutput.contains("try: write flint.log.level, the nearest name"))
    let variable = try await probe("process", environment: ["FLINT_LOG_LEVEL": "loud"])
    #expect(variable.exit == .exited(2))
    #expect(variable.output.isEmpty)
  }

  @Test("settings have their effect on the session's log")
  func log() async throws {
    #expect(try await !probe("log").errorOutput.contains("said"))
    let run = try await probe("log", ["--words=a,b", "--conf=flint.log.level=debug"])
    #expect(run.errorOutput.contains("DEBUG    driver said words=2\n"), "\(run.errorOutput)")
  }

  @Test("help is printed to standard output, with the application's own line")
  func help() async throws {
    let run = try await ProgramRun.run("session-probe", ["--help"])
    #expect(run.exit == .exited(0))
    #expect(
      run.output.hasPrefix("usage: session-probe [options]\n\nSends closures to executors.\n\noptions:\n  --show "))
  }
}
