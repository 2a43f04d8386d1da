import FlintCore

/// The error that `body` throws, or nil when it throws none.
func failure(of body: () throws -> some Any) -> FlintError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? FlintError
  }
}
