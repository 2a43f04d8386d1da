import ClosureNonsending

extension MatrixCase {
  /// Closures of a module with `NonisolatedNonsendingByDefault`; this module is without.
  static func addNonsending(to cases: inout MatrixCases) {
    for entry in NonsendingCase.all {
      if let refusal = entry.refusal {
        cases.fails(entry.name, refusal) { try await $0.expect($0.execute(entry.ship()), entry.expected) }
      } else {
        cases.ships(entry.name) { try await $0.expect($0.execute(entry.ship()), entry.expected) }
      }
    }
  }
}
