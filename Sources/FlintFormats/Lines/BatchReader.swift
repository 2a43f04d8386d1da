public import FlintColumns

/// Reads the rows of a part of a file, batch by batch, whatever its format.
public protocol BatchReader: Actor {
  /// The columns of the batches.
  nonisolated var schema: Schema { get }

  /// The next batch, never an empty one; nil at the end. Errors name the file and the place in it.
  func next() async throws -> Batch?
}
