extension FileSystem {
  /// Puts `bytes` at `path` so that a reader, and a machine after a crash, sees the old content or the new one whole.
  ///
  /// A neighbour named `.<name>.new` is written, synced and renamed; when that fails, or the current Swift task is
  /// cancelled, the neighbour is removed. One caller a path: two would write the same neighbour.
  public func replaceDurably(_ path: FilePath, with bytes: [UInt8]) async throws {
    let neighbour = path.parent / ".\(path.name).new"
    do {
      let file = try await open(neighbour, .createOrTruncate)
      try await file.write(bytes, at: 0)
      try await file.synchronize()
      try await file.close()
      try await rename(neighbour, to: path)
    } catch {
      // In a task of its own: a cancelled one may not even remove a file.
      await Task { try? await remove(neighbour) }.value
      throw error
    }
    try await synchronizeDirectory(path.parent)
  }

  /// The whole file, when it has at most `limit` bytes; a larger one is an `invalid-argument`.
  public func readAll(_ path: FilePath, limit: ByteCount) async throws -> [UInt8] {
    let file = try await open(path, .read)
    let size = try await file.size()
    guard size <= limit.bytes else {
      throw FlintError(
        .invalidArgument, "\(path) has \(ByteCount(size)), more than the \(limit) that may be read at once")
    }
    let bytes = try await file.read(count: Int(size), at: 0)
    try await file.close()
    return bytes
  }
}
