internal import FlintColumns

/// Collects the values of a page, and writes them; and keeps the dictionary of a chunk.
protocol ValueEncoder: AnyObject {
  /// Values of the page so far, and what they take in plain encoding.
  var count: Int { get }
  var size: Int { get }

  /// Adds `count` values of a vector: those with the numbers `rows`, or those from number `start` on.
  func append(_ vector: Vector, _ rows: UnsafePointer<Int32>?, start: Int, count: Int) throws(FormatFault)

  /// The least and the greatest value of the page in plain encoding without lengths; nil when there is none.
  func bounds() -> ValueBounds?

  /// The hashes of the page's values, for a bloom filter.
  func appendHashes(to hashes: inout [UInt64])

  /// Writes the page's values, and forgets them. Returns how they are written.
  func finishPage(to sink: inout ByteSink) throws(FormatFault) -> ParquetEncoding

  /// The dictionary page of the chunk, and how many values it has; nil when there is none. Then the dictionary is forgotten.
  func finishDictionary(to sink: inout ByteSink) throws(FormatFault) -> Int?
}

/// The bounds of some values, in plain encoding.
struct ValueBounds {
  var least: [UInt8]
  var greatest: [UInt8]
}
