internal import Synchronization

/// A value that is found by the first who needs it. When several begin at once, the first to end decides, and all go on with
/// its value.
final class Prepared<Value: Sendable>: Sendable {
  private let found = Mutex<Value?>(nil)

  init() {}

  /// The value, if it is known.
  var value: Value? { found.withLock { $0 } }

  /// Finds the value unless it is known.
  func find(_ body: () async throws -> Value) async throws {
    guard value == nil else { return }
    let mine = try await body()
    found.withLock { if $0 == nil { $0 = mine } }
  }
}
