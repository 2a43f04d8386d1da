import FlintChaos
import FlintDriver
import Foundation
import Scenarios
import Synchronization

/// Holds the driver up at the events at which a scenario's faults strike, until whoever supervises it has done them.
///
/// In the folder that `CHAOS_WATCH` names: `log/events` gets every event at once; `strike-N` with the event says that fault N
/// is due, `struck-N` is the gate that the supervisor opens when it is done, and `over` says that the jobs are.
final class FaultWatch: Sendable {
  private struct Books {
    var fitting: [Int]
    var hasStruck: [Bool]
    var executorCount = 0
    var isArmed = false
  }

  private static let watch = Mutex<FaultWatch?>(nil)

  private let folder: String
  private let faults: [PlannedFault]
  private let books: Mutex<Books>

  private init(_ scenario: Scenario, in folder: String) {
    self.folder = folder
    faults = scenario.faults
    books = Mutex(
      Books(
        fitting: Array(repeating: 0, count: scenario.faults.count),
        hasStruck: Array(repeating: false, count: scenario.faults.count)))
  }

  /// Watches from now on, if this process is to.
  static func begin() {
    #if DEBUG
      let environment = ProcessInfo.processInfo.environment
      guard let folder = environment["CHAOS_WATCH"], let name = environment["CHAOS_SCENARIO"],
        let scenario = Scenarios.named(name)
      else { return }
      let watch = FaultWatch(scenario, in: folder)
      Self.watch.withLock { $0 = watch }
      EventWatcher.install { watch.take($0) }
    #endif
  }

  /// How many executors have come into service; nil where nobody watches.
  static var executorCount: Int? { watch.withLock { $0 }?.books.withLock { $0.executorCount } }

  /// From now on faults strike.
  static func arm() { watch.withLock { $0 }?.books.withLock { $0.isArmed = true } }

  /// The jobs are over.
  static func noteEnd() {
    guard let folder = ProcessInfo.processInfo.environment["CHAOS_WATCH"] else { return }
    write("", to: "\(folder)/over")
  }

  private func take(_ line: [UInt8]) {
    append(line)
    guard let event = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
      let name = event["event"] as? String
    else { return }
    let due = books.withLock { books in
      if name == "executorAdded" { books.executorCount += 1 }
      guard books.isArmed else { return [Int]() }
      return faults.indices.filter { index in
        let trigger = faults[index].trigger
        guard !books.hasStruck[index], trigger.fits(name, field: { event[$0].map { "\($0)" } }) else { return false }
        books.fitting[index] += 1
        books.hasStruck[index] = books.fitting[index] >= trigger.count
        return books.hasStruck[index]
      }
    }
    for index in due { strike(index, line) }
  }

  private func strike(_ index: Int, _ line: [UInt8]) {
    Self.write(String(decoding: line, as: UTF8.self), to: "\(folder)/strike-\(index)")
    Gate.pass("\(folder)/struck-\(index)")
  }

  private func append(_ line: [UInt8]) {
    let file = open("\(folder)/log/events", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    precondition(file >= 0, "no log of events in \(folder)")
    defer { close(file) }
    let bytes = line + [UInt8(ascii: "\n")]
    precondition(Glibc.write(file, bytes, bytes.count) == bytes.count, "the log of events is full")
  }

  /// Whoever sees the file sees all of it.
  private static func write(_ text: String, to path: String) {
    do {
      try text.write(toFile: "\(path).new", atomically: false, encoding: .utf8)
    } catch { fatalError("\(error)") }
    precondition(rename("\(path).new", path) == 0, "no \(path)")
  }
}
