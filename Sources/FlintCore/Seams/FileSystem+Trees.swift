extension FileSystem {
  /// Removes a file, or a directory with all that is in it; does nothing when there is nothing.
  ///
  /// Symbolic links are removed and not followed. What cannot be removed does not keep the rest from it: the first error
  /// is thrown at the end.
  public func removeTree(_ path: FilePath) async throws {
    guard let status = try await status(of: path) else { return }
    var failure: (any Error)?
    if status.kind == .directory {
      for name in try await list(path) {
        do { try await removeTree(path / name) } catch { failure = failure ?? error }
      }
    }
    if let failure { throw failure }
    try await remove(path)
  }
}
