import FlintCore
import FlintTransport
import Synchronization
import Testing

/// What happened, in order, from wherever.
final class Events: Sendable {
  private let state = Mutex<[String]>([])

  var all: [String] { state.withLock { $0 } }

  func add(_ event: String) { state.withLock { $0.append(event) } }
}

/// Expects that `body` throws a FlintError with `code`.
func expect(
  _ code: FlintError.Code, file: String = #fileID, line: Int = #line, _ body: () async throws -> Void
) async {
  do {
    try await body()
    Issue.record("no error instead of \(code), asked at \(file):\(line)")
  } catch let error as FlintError where error.code == code {
    return
  } catch {
    Issue.record("\(error) instead of \(code), asked at \(file):\(line)")
  }
}
