/// One construct of Swift concurrency, as code that calls its witness at every step.
struct Construct: Sendable {
  let name: String
  /// How long it sleeps, in virtual time.
  let sleeps: Duration
  let body: @Sendable (Witness) async -> Void

  init(_ name: String, sleeps: Duration = .zero, _ body: @escaping @Sendable (Witness) async -> Void) {
    self.name = name
    self.sleeps = sleeps
    self.body = body
  }

  static let all = tasks + actors + sleeps + streams
}
