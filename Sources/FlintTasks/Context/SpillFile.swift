/// A file that a task writes to when memory is short, and reads later.
public protocol SpillFile: AnyObject, Sendable {
  /// Adds a block and returns where it stands. Throws `disk-full`, `input-output`.
  func append(_ block: [UInt8]) async throws -> Range<Int64>

  /// A block that was written. Throws `corrupt-data` when it is not what it was.
  func read(_ range: Range<Int64>) async throws -> [UInt8]

  /// Removes the file now.
  func remove() async
}
