internal import FlintColumns
internal import FlintCore

/// What can be left out of a row group before a page of it is read.
struct GroupPruning {
  let file: ParquetFile
  let group: RowGroup
  let filters: [PlacedFilter]
  let memory: ColumnMemory

  /// Longer indexes are not read: they only help, so the file is read without them.
  private static let longestIndex = 32 << 20

  /// False only if the statistics say that no row meets the conditions.
  func mayMatch() throws(FormatFault) -> Bool {
    for filter in filters {
      let (column, chunk) = try self.column(filter)
      var bounds = BoundsCheck.Bounds(
        nullCount: chunk.statistics?.nullCount, valueCount: chunk.valueCount)
      if file.metadata.hasTypeOrder {
        bounds.least = chunk.statistics?.least
        bounds.greatest = chunk.statistics?.greatest
      }
      if column.definition == 0 { bounds.nullCount = 0 }
      guard try BoundsCheck(column: column, memory: memory).mayMeet(filter.condition, bounds) else { return false }
    }
    return true
  }

  /// False only if a bloom filter says that no row meets the conditions.
  func mayMatchByBloom() async throws -> Bool {
    for filter in filters {
      let (column, chunk) = try self.column(filter)
      guard let values = BloomCheck.candidates(filter.condition), let offset = chunk.bloomFilterOffset else { continue }
      let hashes = values.map { BloomCheck.hash($0, in: column) }
      guard !hashes.contains(nil), let bloom = try await bloomFilter(offset) else { continue }
      guard hashes.contains(where: { bloom.mayContain($0!) }) else { return false }
    }
    return true
  }

  private func bloomFilter(_ offset: Int64) async throws -> BloomFilter? {
    guard offset >= 4, offset < file.size else { throw FormatFault.damaged("a bloom filter lies outside of the file") }
    let head = try await file.file.read(count: BloomFilter.header, at: offset)
    let header = try head.withUnsafeBufferPointer { (head) throws(FormatFault) in
      try BloomFilter.readHeader(UnsafeRawBufferPointer(head))
    }
    guard let (length, size) = header else { return nil }
    guard Int64(length + size) <= file.size - offset else { throw FormatFault.truncated("a bloom filter") }
    let bytes = try await file.file.read(count: size, at: offset + Int64(length))
    guard bytes.count == size else { throw FormatFault.truncated("a bloom filter") }
    return bytes.withUnsafeBytes { BloomFilter($0) }
  }

  /// The rows whose pages may meet the conditions, as far as the page index tells.
  func ranges() async throws -> [Range<Int>] {
    let rowCount = Int(group.rowCount)
    var ranges = [0..<rowCount]
    for filter in filters {
      let (column, chunk) = try self.column(filter)
      guard file.metadata.hasTypeOrder, let offsets = try await offsetIndex(chunk),
        let index = try await columnIndex(chunk), index.nullPages.count == offsets.pages.count
      else { continue }
      let check = BoundsCheck(column: column, memory: memory)
      var kept: [Range<Int>] = []
      for (page, location) in offsets.pages.enumerated() {
        let end = page + 1 < offsets.pages.count ? Int(offsets.pages[page + 1].firstRow) : rowCount
        let rows = Int(location.firstRow)..<end
        guard try check.mayMeet(filter.condition, bounds(index, page, rows.count)) else { continue }
        if let last = kept.last, last.upperBound == rows.lowerBound {
          kept[kept.count - 1] = last.lowerBound..<rows.upperBound
        } else {
          kept.append(rows)
        }
      }
      ranges = Self.intersection(ranges, kept)
    }
    return ranges
  }

  private func bounds(_ index: ColumnIndex, _ page: Int, _ rows: Int) -> BoundsCheck.Bounds {
    let nulls = index.nullCounts.isEmpty ? nil : index.nullCounts[page]
    guard !index.nullPages[page] else { return BoundsCheck.Bounds(nullCount: Int64(rows), valueCount: Int64(rows)) }
    return BoundsCheck.Bounds(
      least: index.least[page], greatest: index.greatest[page], nullCount: nulls, valueCount: Int64(rows))
  }

  static func intersection(_ left: [Range<Int>], _ right: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var (first, second) = (0, 0)
    while first < left.count && second < right.count {
      let common = left[first].clamped(to: right[second])
      if !common.isEmpty { result.append(common) }
      if left[first].upperBound < right[second].upperBound { first += 1 } else { second += 1 }
    }
    return result
  }

  /// The page locations of some leaves, where the file has them.
  func offsets(_ leaves: [Int]) async throws -> [Int: OffsetIndex] {
    var offsets: [Int: OffsetIndex] = [:]
    for leaf in leaves { offsets[leaf] = try await offsetIndex(group.columns[leaf]) }
    return offsets
  }

  private func offsetIndex(_ chunk: ColumnChunk) async throws -> OffsetIndex? {
    guard let bytes = try await index(chunk.offsetIndexOffset, chunk.offsetIndexLength) else { return nil }
    let index = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
      try OffsetIndex(UnsafeRawBufferPointer(bytes))
    }
    guard index.pages.first?.firstRow ?? 0 == 0, (index.pages.last?.firstRow ?? 0) <= group.rowCount,
      zip(index.pages, index.pages.dropFirst()).allSatisfy({ $0.firstRow <= $1.firstRow })
    else { throw FormatFault.damaged("the rows of a page index do not rise") }
    return index
  }

  private func columnIndex(_ chunk: ColumnChunk) async throws -> ColumnIndex? {
    guard let bytes = try await index(chunk.columnIndexOffset, chunk.columnIndexLength) else { return nil }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
      try ColumnIndex(UnsafeRawBufferPointer(bytes))
    }
  }

  private func index(_ offset: Int64?, _ length: Int32?) async throws -> [UInt8]? {
    guard let offset, let length, length > 0, length <= Self.longestIndex else { return nil }
    guard offset >= 4, offset <= file.size, Int64(length) <= file.size - offset else {
      throw FormatFault.damaged("a page index lies outside of the file")
    }
    let bytes = try await file.file.read(count: Int(length), at: offset)
    guard bytes.count == Int(length) else { throw FormatFault.truncated("a page index") }
    return bytes
  }

  private func column(_ filter: PlacedFilter) throws(FormatFault) -> (LeafColumn, ColumnChunk) {
    guard let column = file.tree.leaves[filter.leaf] else { preconditionFailure("there is no leaf \(filter.leaf)") }
    let chunk = group.columns[filter.leaf]
    guard chunk.type == column.physical else { throw .damaged("a chunk has another type than its schema") }
    return (column, chunk)
  }
}
