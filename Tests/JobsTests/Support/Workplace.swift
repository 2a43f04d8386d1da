import FlintCore
import FlintSystem
import Glibc
import Testing

/// A folder of one test, in which its job has its input, its output, and everything that it may leave lying about. When the
/// test is over nothing of that may be left but what was asked for, and the folder is removed.
struct Workplace: Sendable {
  let folder: FilePath
  let files: SystemFileSystem

  var output: FilePath { folder / "output" }
  var events: FilePath { folder / "events" }
  var summary: FilePath { folder / "summary.json" }
  /// Where nodes have their directories.
  var nodes: FilePath { folder / "nodes" }

  static func use<Value>(_ body: (Workplace) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/flint-jobs-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let place = Workplace(folder: FilePath(path), files: SystemFileSystem(threads: try FileThreads(count: 1)))
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(place)) } catch { outcome = .failure(error) }
    try await place.remove(place.folder)
    return try outcome.get()
  }

  /// The settings that keep a job inside this folder, and `more`, as `FLINT_CONF` has them.
  func settings(_ more: [String] = []) -> String {
    ([
      "flint.eventLog.dir=\(events)", "flint.summary.path=\(summary)", "flint.local.dir=\(nodes)",
    ] + more).joined(separator: ";")
  }

  /// Fails when a job has left something: a file beside its output, a directory of a node, a process.
  func expectNothingLeft(of job: JobRun, location: Testing.SourceLocation = #_sourceLocation) async throws {
    let hasNoProcess = await eventually { Processes.running(job.program).isEmpty }
    #expect(hasNoProcess, "processes are left: \(Processes.running(job.program))", sourceLocation: location)
    let names = try await files.list(folder).filter { !Self.expected.contains($0) }
    #expect(names.isEmpty, "left in the folder: \(names)", sourceLocation: location)
    let left = try await files.status(of: nodes) == nil ? [] : try await files.list(nodes)
    #expect(left.isEmpty, "left of nodes: \(left)", sourceLocation: location)
    let temporary = try await files.list("/tmp").filter { $0.hasPrefix("flint-\(job.identifier)-") }
    #expect(temporary.isEmpty, "left in /tmp: \(temporary)", sourceLocation: location)
  }

  private static let expected: Set<String> = [
    "input", "output", "events", "summary.json", "nodes", "gate", "map-gate", "last-gate", "faults.so", "fired",
    "tokens",
  ]

  /// The bytes of a file.
  func read(_ path: FilePath) async throws -> [UInt8] {
    let file = try await files.open(path, .read)
    let bytes = try await file.read(count: Int(try await file.size()), at: 0)
    try await file.close()
    return bytes
  }

  private func remove(_ path: FilePath) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await remove(path / name) }
    }
    try await files.remove(path)
  }
}
