import FlintCore
import FlintSystem

/// Waits until `condition` holds; false when it does not within a minute.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
  guard let time = try? SystemTime() else { return false }
  let deadline = time.now.advanced(by: .seconds(60))
  while time.now < deadline {
    if try await condition() { return true }
    try? await time.sleep(for: .milliseconds(2))
  }
  return try await condition()
}
