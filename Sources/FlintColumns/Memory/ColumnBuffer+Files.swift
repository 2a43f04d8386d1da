public import FlintCore

extension ColumnMemory {
  /// Memory with the `count` bytes of a file from `offset` on; nil when the file ends before.
  public func buffer(_ count: Int, of file: any OpenFile, at offset: Int64) async throws -> ColumnBuffer? {
    let buffer = try buffer(count)
    return try await buffer.fill(from: file, at: offset) ? buffer : nil
  }
}

extension ColumnBuffer {
  /// Writes some of the bytes into a file.
  public func write(_ range: Range<Int>, to file: any OpenFile, at offset: Int64) async throws {
    precondition(range.upperBound <= count, "\(range) is not within \(count) bytes")
    guard !range.isEmpty else { return }
    try await file.write(slab, range: range, at: offset)
  }

  /// Fills the first `count` bytes from a file; returns how many it got, which are fewer only at the end of the file.
  public func read(_ count: Int, of file: any OpenFile, at offset: Int64) async throws -> Int {
    precondition(count <= self.count, "\(count) bytes are not within \(self.count)")
    return try await file.read(into: slab, range: 0..<count, at: offset)
  }

  fileprivate func fill(from file: any OpenFile, at offset: Int64) async throws -> Bool {
    guard count > 0 else { return true }
    return try await read(count, of: file, at: offset) == count
  }
}
