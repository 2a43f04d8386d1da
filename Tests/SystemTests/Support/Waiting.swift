import FlintCore
import FlintSystem
import Synchronization
import Testing

/// Waits until `condition` holds; false when it does not within a minute.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
  guard let time = try? SystemTime() else { return false }
  let deadline = time.now.advanced(by: .seconds(60))
  while time.now < deadline {
    if try await condition() { return true }
    try? await time.sleep(for: .milliseconds(1))
  }
  return try await condition()
}

/// Fails unless `body` throws a ``FlintError`` with `code`; returns that error.
@discardableResult
func expectError(
  _ code: FlintError.Code, location: Testing.SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> FlintError? {
  do {
    try await body()
    Issue.record("nothing was thrown instead of \(code.rawValue)", sourceLocation: location)
  } catch let error as FlintError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    return error
  } catch {
    Issue.record("\(error) was thrown instead of \(code.rawValue)", sourceLocation: location)
  }
  return nil
}

/// Holds back whoever waits, a thread or a Swift task, until it is opened.
final class Gate: Sendable {
  private let isOpen = Atomic<Bool>(false)
  private let arrived = Atomic<Int>(0)

  var arrivals: Int { arrived.load(ordering: .acquiring) }
  var wasOpened: Bool { isOpen.load(ordering: .acquiring) }

  func open() { isOpen.store(true, ordering: .releasing) }

  /// Blocks the calling thread.
  func waitBlocking() {
    arrived.add(1, ordering: .acquiringAndReleasing)
    while !isOpen.load(ordering: .acquiring) { giveWay() }
  }
}
