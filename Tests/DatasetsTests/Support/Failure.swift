import FlintCore
import Testing

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
