import BuiltPrograms
import FlintCore
import Testing

/// Every order of events, where there are few.
@Suite("Orders of events", .timeLimit(.minutes(10)))
struct OrdersTests {
  @Test("seventeen small cases of the deciders come to a right end in every order")
  func allOrders() async throws {
    let result = try await SimulationProgram("simulate", .release).run("--job", "orders", "--seeds", "0..<17")
    #expect(result.exit == .exited(0), "\(result.lines.filter { $0.contains("FAILED") })")
    #expect(result.lastLine.hasPrefix("17 seeds, 0 failed, trace "))
  }

  @Test("a case says how many orders it has", arguments: [0, 4, 14, 16])
  func counts(seed: Int) async throws {
    let result = try await SimulationProgram("simulate", .release).run("--job", "orders", "--seed", "\(seed)")
    let told = try #require(result.lines.first { $0.hasSuffix(" orders") })
    let count = try #require(told.split(separator: " ").dropLast().last.flatMap { Int($0) })
    #expect(count > 100)
  }
}
