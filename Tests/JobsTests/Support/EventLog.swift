import FlintCore
import FlintSystem
import Foundation
import Testing

/// The event log of the one application that runs in a workplace, read while it grows.
struct EventLog {
  let place: Workplace

  /// All whole lines that are there now.
  func events() async throws -> [JobEvent] {
    guard try await place.files.status(of: place.events) != nil else { return [] }
    var events: [JobEvent] = []
    for name in try await place.files.list(place.events) {
      // The last line may be half written; then it is no JSON yet.
      let lines = try await place.read(place.events / name).split(separator: UInt8(ascii: "\n"))
      events += lines.compactMap { JobEvent(json: Data($0)) }
    }
    return events
  }

  /// Waits for `count` events of one kind, and returns all that are there then.
  func first(
    _ count: Int = 1, _ name: JobEvent.Name, where isWanted: (JobEvent) -> Bool = { _ in true }
  ) async throws -> [JobEvent] {
    var found: [JobEvent] = []
    let isThere = try await eventually {
      found = try await events().filter { $0.name == name && isWanted($0) }
      return found.count >= count
    }
    guard isThere else {
      let last = try await events().suffix(30).map(\.description).joined(separator: "\n")
      throw FlintError(.deadlineExceeded, "\(count) events \(name) never came; the last ones are:\n\(last)")
    }
    return found
  }

  /// The executor that an event names.
  func executor(of event: JobEvent) async throws -> ExecutorProcess {
    try await executor(try #require(event.executor))
  }

  /// The executor of this name, which has registered.
  func executor(_ id: ExecutorProcess.Key) async throws -> ExecutorProcess {
    let added = try await first(1, .executorAdded) { $0.executor == id }
    let process = try #require(added[0].number("process"), "the log does not say which process \(id) is")
    return ExecutorProcess(id: id, node: try #require(added[0].number("node")), process: Int32(process))
  }

  /// The directory of an executor's node.
  func directory(of executor: ExecutorProcess) async throws -> String {
    let added = try await first(1, .executorAdded) { $0.executor == executor.id }
    return try #require(added[0].text("directory"), "the log does not say where \(executor.id) keeps its files")
  }

  /// Waits until the driver has declared `victim` lost, and demands that this was at most so long after its end.
  func expectLost(
    _ victim: ExecutorProcess, withinMilliseconds limit: Int? = 200,
    location: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let lost = try await first(1, .executorLost) { $0.executor == victim.id }[0]
    guard let limit else { return }
    let exit = try #require(lost.number("exitMonotonic"), "the log does not say when \(victim.id) ended")
    let noticed = try #require(lost.number("monotonic"))
    #expect((0...limit * 1_000_000).contains(noticed - exit), "\(lost)", sourceLocation: location)
  }
}
