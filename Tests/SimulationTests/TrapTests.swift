import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// A simulation that never failed is not trusted: each trap breaks one promise.
@Suite("What a simulation must notice", .timeLimit(.minutes(5)))
struct TrapTests {
  private let simulate = SimulationProgram("simulate", .release)

  @Test(
    "each trap fails, and says why",
    arguments: [
      ("trap-standstill", "stands still"), ("trap-hang", "hangs: not over after"), ("trap-circles", "runs in circles"),
      ("trap-stubborn", "does not end when it is cancelled"),
    ])
  func trap(name: String, why: String) async throws {
    let result = try await simulate.run("--job", name, "--seeds", "0..<1")
    #expect(result.exit == .exited(1))
    #expect(result.lines.contains { $0.hasPrefix("seed 0 FAILED: ") && $0.contains(why) }, "\(result.lines)")
  }

  @Test("a fault that never happened fails a sweep")
  func probe() async throws {
    let result = try await simulate.run("--job", "trap-probe", "--seeds", "0..<200")
    #expect(result.exit == .exited(1))
    #expect(result.contains("PROBE never never fired in 200 seeds"))
  }

  @Test("a report that nobody could read is no success")
  func lostReport() async throws {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let script = "\"$0\" --job trap-probe --seeds '0..<1' >/dev/full"
    let process = try await launcher.launch(
      ProcessCommand("/bin/sh", ["-c", script, try simulate.program.path().string], errorOutput: .piped))
    var errors: [UInt8] = []
    for try await chunk in process.errorOutput { errors += chunk }
    #expect(try await process.exit() == .exited(2))
    #expect(String(decoding: errors, as: UTF8.self).contains("No space left on device"))
  }

  @Test(
    "arguments that make no sense are refused, with what would",
    arguments: [
      (["--job", "regster", "--seeds", "0..<1"], "register"), (["--job", "register", "--seeds", "5..<5"], "0..<1000"),
      (["--job", "register", "--bug", "none", "--seed", "1"], "no-retry"), ([], "--seeds"),
      (["--job", "register", "--sed", "1"], "--sed"), (["--job"], "needs a value"),
      (["--job", "register", "--seed", "18446744073709551615"], "seed"),
      (["--job", "register", "--seed", "1", "--seeds", "7..<9"], "exclude each other"),
      (["--job", "register", "--seed", "1", "--seed", "2"], "given twice"),
    ])
  func arguments(words: [String], advice: String) async throws {
    let result = try await simulate.run(words)
    #expect(result.exit == .exited(2))
    #expect(result.contains(advice), "\(result.lines)")
  }
}
