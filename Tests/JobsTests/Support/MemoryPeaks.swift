import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// Runs a job while an outside program looks at its processes' memory.
struct MemoryPeaks {
  let summary: JobSummary
  /// The most that the driver has had resident, and each executor.
  let driver: ByteCount
  let executors: [ByteCount]
  let printed: String

  /// What a process may have beside its budget.
  static let allowance: ByteCount = .mebibytes(64)
  private static let script = Repository.root / "Tests" / "Support" / "JobMemory" / "peaks.py"

  /// Runs it to its good end.
  static func run(
    _ program: BuiltProgram, _ arguments: [String], on master: String, settings: [String] = [], in place: Workplace
  ) async throws -> MemoryPeaks {
    let script =
      "export FLINT_MASTER=\"$1\" FLINT_CONF=\"$2\"; shift 2; python3 -B \"$1\" peaks \"${@:2}\" 2> said || { cat said; exit 1; }"
    let printed = try await Shell.run(
      script, [master, place.settings(settings), Self.script.string, try program.path().string] + arguments,
      in: place.folder)
    let lines = String(decoding: try await place.read(place.folder / "peaks"), as: UTF8.self).split(separator: "\n")
    _ = try await Shell.run("rm peaks said", [], in: place.folder)
    let peaks = lines.map { $0.split(separator: " ") }.map { ($0[0], ByteCount(Int64($0[1]) ?? 0)) }
    return MemoryPeaks(
      summary: try await JobSummary(place), driver: try #require(peaks.first { $0.0 == "driver" }).1,
      executors: peaks.filter { $0.0 == "executor" }.map(\.1), printed: printed)
  }

  /// Demands that every process stayed within its budget and what it may have beside it.
  func expectWithin(_ budget: ByteCount, location: Testing.SourceLocation = #_sourceLocation) {
    let most = ByteCount(budget.bytes + Self.allowance.bytes)
    #expect(!executors.isEmpty, sourceLocation: location)
    for executor in executors { #expect(executor <= most, sourceLocation: location) }
    #expect(driver <= ByteCount((1 << 30) + Self.allowance.bytes), sourceLocation: location)
  }
}
