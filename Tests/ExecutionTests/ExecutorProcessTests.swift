import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// Executors as processes, and the ways in which they die.
@Suite("Executors' processes")
struct ExecutorProcessTests {
  /// How the probe ended, and what it has left.
  private struct Run {
    let exit: ProcessExit
    let output: String
    let errorOutput: String
    let leftNames: [String]
  }

  /// Runs the probe on two executors, whose folder is made in one of the test's own.
  private func run(_ way: String, environment: [String: String] = [:]) async throws -> Run {
    let threads = try FileThreads(count: 1)
    let files = SystemFileSystem(threads: threads)
    let launcher = try SystemProcessLauncher(threads: threads)
    let folder = FilePath("/tmp/flint-probe-\(UInt32.random(in: 0 ... .max))")
    try await files.createDirectory(folder)
    let process = try await launcher.launch(
      ProcessCommand(
        try BuiltProgram("executor-probe").path(), ["--way", way],
        environment: [
          "FLINT_MASTER": "local-cluster[2,1,512m]",
          "FLINT_CONF": "flint.eventLog.enabled=false; flint.progress=off; flint.log.level=error; "
            + "flint.local.dir=\(folder)",
        ].merging(environment) { $1 }, output: .piped, errorOutput: .piped))
    async let output = text(of: process.output)
    async let errorOutput = text(of: process.errorOutput)
    let exit = try await process.exit()
    let texts = (try await output, try await errorOutput)
    let names = try await files.list(folder)
    try await files.removeTree(folder)
    return Run(exit: exit, output: texts.0, errorOutput: texts.1, leftNames: names)
  }

  private func text(of stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "user code that traps is blamed, with its signal, its place and its last words, and ends the job after four tries",
    arguments: [
      ("trap", "signal 4", "Fatal error: the sixtieth", "ExecutorProbe.swift:35"),
      ("overflow", "signal 11", "partition 2", "ExecutorProbe.swift:39"),
    ])
  func trap(_ way: String, _ signal: String, _ words: String, _ place: String) async throws {
    let run = try await run(way)
    #expect(run.exit == .exited(1) && run.leftNames.isEmpty)
    for text in ["partition 2, attempt 3 failed 4 times", "user code trapped: \(signal)", words, place] {
      #expect(run.errorOutput.contains(text), "\(run.errorOutput)")
    }
  }

  @Test("executors that die at each start end the job, with their last words")
  func crashLoop() async throws {
    let run = try await run("kill", environment: ["PROBE_DIES": "1"])
    #expect(run.exit == .exited(1) && run.leftNames.isEmpty)
    for text in ["executors-unavailable", "has ended 5 times", "Fatal error: not today", "signal 4"] {
      #expect(run.errorOutput.contains(text), "\(run.errorOutput)")
    }
  }

  @Test("an executor that is killed from outside is replaced, and the next job has its answer")
  func kill() async throws {
    let run = try await run("kill")
    #expect(run.exit == .exited(0) && run.leftNames.isEmpty, "\(run.errorOutput)")
    #expect(run.output == "false 4950\n")
    #expect(run.errorOutput.contains("signal 9 from outside"), "\(run.errorOutput)")
  }

  @Test("executors die with their driver, whatever it was that killed it", .timeLimit(.minutes(1)))
  func orphans() async throws {
    let run = try await run("orphan")
    #expect(run.exit == .killedByUnknown)
    let processes = run.output.split(whereSeparator: \.isWhitespace)
    #expect(!processes.isEmpty)
    // The time limit fails the test if one of them lives on.
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    for process in processes {
      while try await files.status(of: FilePath("/proc/\(process)/exe")) != nil {}
    }
  }
}
