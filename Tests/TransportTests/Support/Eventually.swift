import FlintCore
import Testing

extension NodeContext {
  /// Waits until `condition` holds; records an issue after 20 s.
  func eventually(
    _ what: String, file: String = #fileID, line: Int = #line, _ condition: () async -> Bool
  ) async throws {
    let deadline = time.now.advanced(by: .seconds(20))
    while await !condition() {
      guard time.now < deadline else {
        Issue.record("not within 20 s: \(what), asked at \(file):\(line)")
        return
      }
      try await time.sleep(for: .milliseconds(1))
    }
  }
}
