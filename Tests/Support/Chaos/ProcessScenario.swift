/// A fault on real processes, in a name, a sentence, and what is done and expected.
struct ProcessScenario: Sendable {
  /// As `Scripts/chaos NAME` has it.
  let name: String
  /// The numbers that it has among the faults that Flint must survive.
  let faults: [Int]
  /// What happens, and what must come of it.
  let summary: String
  /// What the machine must allow.
  let needs: [Capability]
  /// Does it. It says success or one named error, never "either"; and it marks what has fired.
  let body: @Sendable (Arena) async throws -> Void

  init(
    _ name: String, _ faults: [Int], _ summary: String, needs: [Capability] = [],
    _ body: @escaping @Sendable (Arena) async throws -> Void
  ) {
    self.name = name
    self.faults = faults
    self.summary = summary
    self.needs = needs
    self.body = body
  }
}
