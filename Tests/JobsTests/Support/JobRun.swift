import BuiltPrograms
import FlintCore
import FlintSystem
import Synchronization
import Testing

/// A job's program that was started and runs, or has run.
final class JobRun: Sendable {
  let program: FilePath
  let place: Workplace
  private let process: any LaunchedProcess
  private let output: Swift.Task<String, any Error>
  private let errorOutput: Swift.Task<String, any Error>
  /// What it has said until now.
  private let heard: Heard

  private init(_ program: FilePath, _ place: Workplace, _ process: any LaunchedProcess) {
    (self.program, self.place, self.process) = (program, place, process)
    let heard = Heard()
    self.heard = heard
    output = Swift.Task { try await Self.collect(process.output, Heard()) }
    errorOutput = Swift.Task { try await Self.collect(process.errorOutput, heard) }
  }

  /// A test that fails leaves its job at a gate.
  deinit { process.send(.kill) }

  /// Starts a built program in the folder of `place`.
  static func start(
    _ program: BuiltProgram, _ arguments: [String], on master: String, settings: [String] = [], in place: Workplace,
    environment: [String: String] = [:]
  ) async throws -> JobRun {
    let path = try program.path()
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let own = ["FLINT_MASTER": master, "FLINT_CONF": place.settings(settings)]
    let process = try await launcher.launch(
      ProcessCommand(
        path, arguments, environment: own.merging(environment) { $1 }, workingDirectory: place.folder, output: .piped,
        errorOutput: .piped))
    return JobRun(path, place, process)
  }

  /// The driver's number.
  var identifier: Int32 { process.identifier }

  func send(_ signal: ProcessSignal) { process.send(signal) }

  /// How it ended.
  func exit() async throws -> ProcessExit { try await process.exit() }

  func printed() async throws -> String { try await output.value }

  /// What it said on standard error.
  func said() async throws -> String { try await errorOutput.value }

  /// Waits until it has said `text` on standard error; false when it does not.
  func hasSaid(_ text: String) async -> Bool { await eventually { heard.text.contains(text) } }

  /// Waits for its end and demands that it was a good one.
  func expectSuccess(location: Testing.SourceLocation = #_sourceLocation) async throws -> JobSummary {
    let (exit, said) = (try await exit(), try await said())
    #expect(exit == .exited(0), "\(said)", sourceLocation: location)
    let summary = try await JobSummary(place)
    #expect(summary.status == "succeeded", sourceLocation: location)
    #expect(summary.error == nil, sourceLocation: location)
    return summary
  }

  /// Waits for its end and demands that it failed with an error of its own; returns what it said.
  func expectFailure(location: Testing.SourceLocation = #_sourceLocation) async throws -> String {
    let (exit, said) = (try await exit(), try await said())
    #expect(exit == .exited(1), "\(said)", sourceLocation: location)
    #expect(said.contains("error["), "\(said)", sourceLocation: location)
    return said
  }

  private static func collect(
    _ stream: AsyncThrowingStream<[UInt8], any Error>, _ heard: Heard
  ) async throws -> String {
    for try await chunk in stream { heard.add(chunk) }
    return heard.text
  }

  private final class Heard: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
  }
}
