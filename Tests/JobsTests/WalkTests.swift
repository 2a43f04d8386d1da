import BuiltPrograms
import FlintCore
import Foundation
import Testing

/// The rooms that a job passes, as ARCHITECTURE.md lists them with the events that show it.
@Suite("The walk of a job", .serialized)
struct WalkTests {
  /// A step of the document's table.
  private struct Step {
    var number: Int
    var event: String
    var field: String

    /// Nil for a line that is no step: `| 5 | room | what | `stageSubmitted`: `tasks` |`.
    init?(_ line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let words = cells.last?.split(separator: "`").map(String.init) ?? []
      guard cells.count == 4, let number = Int(cells[0]), words.count == 3 else { return nil }
      (self.number, event, field) = (number, words[0], words[2])
    }
  }

  @Test("TaxiRevenue visits each room, in the order of the document")
  func order() async throws {
    let text = try await Shell.run(
      "sed -n '/^## The walk of a job/,/^## Shipping/p' \"$1\"", [(Repository.root / "ARCHITECTURE.md").string],
      in: Repository.root)
    let steps = text.split(separator: "\n").compactMap { Step($0) }
    #expect(steps.map(\.number) == Array(1...11))
    try await Workplace.use { place in
      let job = try await RevenueTests.smallJob(place)
      _ = try await job.expectSuccess()
      let events = try await EventLog(place: place).events()
      let start = try #require(events.firstIndex { $0.name == .jobStarted })
      let end = try #require(events.firstIndex { $0.name == .jobEnded })
      #expect(events[start].text("location")?.hasPrefix("TaxiRevenue/TaxiRevenue.swift:") == true, "\(events[start])")
      var place = start
      for step in steps {
        let isThere: (JobEvent) -> Bool = { $0.name.rawValue == step.event && $0.has(step.field) }
        // Executors come into service while the job is planned.
        guard step.event != "executorAdded" else {
          #expect(events[..<end].contains(where: isThere), "step \(step.number)")
          continue
        }
        let next = events[place...].firstIndex(where: isThere)
        place = try #require(next, "step \(step.number): no \(step.event) with \(step.field) behind event \(place)")
      }
      #expect(events[place].text("status") == "succeeded")
    }
  }
}
