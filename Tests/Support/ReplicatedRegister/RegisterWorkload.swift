package import FlintCore

/// A client's work: reads and writes of values that no other client writes, recorded in a history.
package struct RegisterWorkload: Sendable {
  private let client: RegisterClient
  private let identity: UInt64
  private let context: NodeContext
  private let history: RegisterHistory
  /// The clock of the history, the same for all clients.
  private let time: any TimeSource

  package init(
    client: RegisterClient, identity: UInt64, context: NodeContext, history: RegisterHistory, time: any TimeSource
  ) {
    self.client = client
    self.identity = identity
    self.context = context
    self.history = history
    self.time = time
  }

  /// Does `count` operations, each within `limit`. A write that got no answer stays in the history as one that may have
  /// happened.
  package func run(count: Int, limit: Duration) async throws {
    var generator = RandomnessGenerator(context.randomness)
    for number in 1...count {
      let start = time.now
      let deadline = context.time.now.advanced(by: limit)
      let isWrite = Bool.random(using: &generator)
      let value = identity << 32 | UInt64(number)
      do {
        let seen = try await operate(isWrite ? value : nil, deadline: deadline)
        history.record(.init(isWrite: isWrite, value: seen, start: start, end: time.now))
      } catch {
        if isWrite { history.record(.init(isWrite: true, value: value, start: start, end: nil)) }
        throw error
      }
      try await context.time.sleep(for: .milliseconds(Int.random(in: 0...100, using: &generator)))
    }
  }

  private func operate(_ value: UInt64?, deadline: MonotonicInstant) async throws -> UInt64 {
    guard let value else { return try await client.read(deadline: deadline) }
    try await client.write(value, deadline: deadline)
    return value
  }
}
