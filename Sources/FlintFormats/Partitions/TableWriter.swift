public import FlintColumns
public import FlintCore

/// Writes the rows of one file in some format.
public protocol TableWriter: Actor {
  /// Writes the rows of a batch that count.
  func write(_ batch: Batch) async throws
  /// Writes what is left, and returns the file's length. The file stays open.
  func finish() async throws -> ByteCount
}

extension ParquetWriter: TableWriter {}
extension CSVWriter: TableWriter {}
extension JSONWriter: TableWriter {}
extension TextWriter: TableWriter {}
