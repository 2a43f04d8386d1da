internal import FlintColumns

/// Puts together what the footers of some files say of a table.
struct StatisticsGathering {
  private var rowCount = 0.0
  private var byteCount = 0.0
  private var columns: [String: TableStatistics.Column] = [:]

  mutating func add(_ file: ParquetFile, bytes: Double) {
    rowCount += Double(file.rowCount)
    byteCount += bytes
    for index in 0..<file.tree.leafCount {
      guard let leaf = file.tree.leaves[index], leaf.isFlat else { continue }
      for group in file.metadata.rowGroups {
        let found = Self.column(group.columns[index], leaf, hasOrder: file.metadata.hasTypeOrder)
        columns[leaf.name] = columns[leaf.name].map { Self.together($0, found, leaf) } ?? found
      }
    }
  }

  /// The files stand for `total` bytes of such.
  func statistics(ofBytes total: Double) -> TableStatistics {
    let rowCount = (self.rowCount * (byteCount > 0 ? total / byteCount : 1)).rounded(.up)
    return TableStatistics(
      rowCount: rowCount,
      columns: columns.mapValues { column in
        var column = column
        column.distinctCount = min(column.distinctCount, rowCount)
        return column
      })
  }

  private static func together(
    _ one: TableStatistics.Column, _ other: TableStatistics.Column, _ leaf: LeafColumn
  ) -> TableStatistics.Column {
    var both = TableStatistics.Column(distinctCount: max(one.distinctCount, other.distinctCount))
    guard let low = one.least, let high = one.greatest, let otherLow = other.least, let otherHigh = other.greatest
    else { return both }
    (both.least, both.greatest) = (min(low, otherLow), max(high, otherHigh))
    // Where each row group has values of its own, they add up.
    if high < otherLow || otherHigh < low { both.distinctCount = one.distinctCount + other.distinctCount }
    return bounded(both, leaf)
  }

  private static func column(_ chunk: ColumnChunk, _ leaf: LeafColumn, hasOrder: Bool) -> TableStatistics.Column {
    var column = TableStatistics.Column(distinctCount: Double(max(0, chunk.valueCount)))
    if hasOrder, let statistics = chunk.statistics {
      column.least = number(statistics.least, leaf)
      column.greatest = number(statistics.greatest, leaf)
    }
    if chunk.dictionaryPageOffset != nil, chunk.valueCount > 0 {
      // The number of a dictionary's value takes as many bits as the largest has.
      let bits = Double(max(1, chunk.uncompressedSize)) * 8 / Double(chunk.valueCount)
      column.distinctCount = min(column.distinctCount, Double(1 << Int(min(bits, 62).rounded(.up))))
    }
    return bounded(column, leaf)
  }

  /// There are no more whole numbers than lie between the bounds.
  private static func bounded(_ column: TableStatistics.Column, _ leaf: LeafColumn) -> TableStatistics.Column {
    guard leaf.type != .float, leaf.type != .double, let least = column.least, let greatest = column.greatest
    else { return column }
    var column = column
    column.distinctCount = min(column.distinctCount, max(0, greatest - least) + 1)
    return column
  }

  /// A bound as the number that it is in a vector; nil when it is none.
  private static func number(_ bytes: [UInt8]?, _ leaf: LeafColumn) -> Double? {
    guard let bytes, case .fixed(let conversion, let width) = leaf.plan, bytes.count == width,
      [.none, .narrow8, .narrow16, .widen, .widen128].contains(conversion)
    else { return nil }
    return bytes.withUnsafeBytes { bytes -> Double? in
      switch leaf.physical {
      case .int32: Double(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
      case .int64: Double(Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)))
      case .float: Double(Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))))
      case .double: Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
      default: nil
      }
    }
  }
}
