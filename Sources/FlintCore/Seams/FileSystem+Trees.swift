extension FileSystem {
  /// Removes a file, or a directory with all that is in it; does nothing when there is nothing.
  ///
  /// Symbolic links are removed and not followed. What cannot be removed does not keep the rest from it: the first error
  /// is thrown at the end. Others may remove parts of it at the same time.
  public func removeTree(_ path: FilePath) async throws {
    guard let status = try await status(of: path) else { return }
    var failure: (any Error)?
    if status.kind == .directory {
      for name in try await present(path) {
        do { try await removeTree(path / name) } catch { failure = failure ?? error }
      }
    }
    if let failure { throw failure }
    do { try await remove(path) } catch let error as FlintError where error.code == .fileNotFound {}
  }

  /// What is in a directory that may be gone by now.
  private func present(_ path: FilePath) async throws -> [String] {
    do { return try await list(path) } catch let error as FlintError where error.code == .fileNotFound { return [] }
  }
}
