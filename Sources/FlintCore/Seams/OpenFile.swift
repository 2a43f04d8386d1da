/// A file that a ``FileSystem`` opened. Reads and writes name their position, so calls may overlap.
///
/// A file that is let go unclosed is closed; only ``close()`` tells of an error on the way.
public protocol OpenFile: AnyObject, Sendable {
  var path: FilePath { get }

  /// Up to `count` bytes from `offset`; fewer only at the end of the file, none past it.
  func read(count: Int, at offset: Int64) async throws -> [UInt8]

  /// Fills `range` of `slab` from `offset` and returns how many bytes it got; fewer only at the end of the file.
  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int

  /// Writes all of `bytes` at `offset`, or throws; after an error any part may have been written.
  func write(_ bytes: [UInt8], at offset: Int64) async throws

  /// Writes `range` of `slab` at `offset`, or throws; after an error any part may have been written.
  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws

  /// The file's length in bytes.
  func size() async throws -> Int64

  /// Cuts or lengthens (with zeros) the file to `size` bytes.
  func truncate(to size: Int64) async throws

  /// Makes what was written survive a crash of the machine. After an error the file's content is unknown: write a new
  /// one, do not try again.
  func synchronize() async throws

  /// Closes the file. A second call does nothing.
  func close() async throws
}
