/// What is known of a chunk while it is written. Offsets count from its first data page.
struct ChunkNotes {
  private let leaf: WrittenLeaf
  private(set) var encodings: [ParquetEncoding] = []
  private(set) var valueCount = 0
  private(set) var nullCount = 0
  private(set) var bounds: ValueBounds?
  private(set) var offsets = OffsetIndex(pages: [])
  private(set) var index = ColumnIndex()
  /// Whether the bounds of every page with values are known.
  private var isBounded = true
  private var rowCount = 0
  var uncompressedSize = 0
  /// The hashes of all values, where a bloom filter is wanted.
  var hashes: [UInt64] = []

  init(_ leaf: WrittenLeaf) { self.leaf = leaf }

  mutating func add(
    _ encoding: ParquetEncoding, entries: Int, nulls: Int, bounds pageBounds: ValueBounds?, offset: Int, size: Int,
    rows: Int
  ) {
    if !encodings.contains(encoding) { encodings.append(encoding) }
    valueCount += entries
    nullCount += nulls
    bounds = leaf.order.union(bounds, pageBounds)
    offsets.pages.append(OffsetIndex.Page(offset: Int64(offset), size: Int32(size), firstRow: Int64(rowCount)))
    rowCount += rows
    if entries > nulls && pageBounds == nil { isBounded = false }
    index.nullPages.append(entries == nulls)
    index.least.append(pageBounds?.least ?? [])
    index.greatest.append(pageBounds?.greatest ?? [])
    index.nullCounts.append(Int64(nulls))
  }

  /// The bounds of the whole chunk; nil when those of a page are not known.
  var statistics: ColumnStatistics {
    var statistics = ColumnStatistics(nullCount: Int64(nullCount))
    if isBounded, let bounds {
      statistics.least = bounds.least
      statistics.greatest = bounds.greatest
    }
    return statistics
  }

  /// The index of the pages; nil when it would say nothing.
  var columnIndex: ColumnIndex? { isBounded && leaf.order != .none ? index : nil }

  /// The filter of the chunk's values.
  var bloomFilter: BloomFilter {
    let different = hashes.sorted()
    var count = 0
    for (number, hash) in different.enumerated() where number == 0 || different[number - 1] != hash { count += 1 }
    var filter = BloomFilter(for: count)
    for hash in hashes { filter.insert(hash) }
    return filter
  }
}
