public import FlintColumns
internal import FlintCore

/// Reads the rows of a Parquet file, batch by batch and row group by row group.
///
/// Columns of conditions are read first, the others only where a row of the batch meets them all. Texts whose pages use a
/// dictionary come as vectors of the form `dictionary`.
public actor ParquetReader: BatchReader {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  /// What was left out so far.
  public private(set) var counts = ReaderCounts()
  private let file: ParquetFile
  private let scan: ParquetScan
  private let memory: ColumnMemory
  private let groups: [Int]
  private let output: [ColumnNode]
  private let filters: [PlacedFilter]
  /// Readers for the leaves of the conditions, and for the others.
  private let filterReaders: [ColumnReader]
  private let otherReaders: [ColumnReader]
  private var nextGroup = 0
  /// Rows of the row group that are still to be read: the first of these ranges from ``row`` on.
  private var ranges: ArraySlice<Range<Int>> = []
  private var row = 0
  private var group = 0

  init(_ file: ParquetFile, _ scan: ParquetScan, _ memory: ColumnMemory) throws(FlintError) {
    let selection = try ColumnSelection(file, scan)
    schema = Schema(selection.output.map(\.field))
    self.file = file
    self.scan = scan
    self.memory = memory
    groups = try selection.groups(file, scan)
    output = selection.output
    filters = selection.filters
    let early = Set(selection.filters.map(\.leaf))
    // Who watches every access watches those too.
    let limits = PageLimits(page: Int(file.limits.parquetPage.bytes), leastAhead: scan.isExact ? 1 : 16 << 10)
    do throws(FormatFault) {
      let readers = try selection.leaves.map { (leaf) throws(FormatFault) in
        try ColumnReader(
          file.tree.leaves[leaf]!, PageSource(file.file, limits, memory, isExact: scan.isExact), memory)
      }
      filterReaders = readers.filter { early.contains($0.column.index) }
      otherReaders = readers.filter { !early.contains($0.column.index) }
    } catch { throw error.error(ParquetPlace(file.path)) }
  }

  /// The next batch, never an empty one; nil at the end. Rows that do not meet the conditions are left out by the batch's
  /// selection.
  ///
  /// Throws `corrupt-data` for a damaged file, `unsupported-type` for what is not read, and `memory-budget-exceeded`; each
  /// names the file, the row group and the column.
  public func next() async throws -> Batch? {
    while true {
      guard let range = ranges.first else {
        guard try await startGroup() else { return nil }
        continue
      }
      row = max(row, range.lowerBound)
      let count = min(scan.batchRows, range.upperBound - row)
      guard count > 0 else {
        ranges = ranges.dropFirst()
        continue
      }
      let batch = try await read(count)
      row += count
      if let batch { return batch }
    }
  }

  private func read(_ count: Int) async throws -> Batch? {
    var results: [Int: LeafResult] = [:]
    for reader in filterReaders { results[reader.column.index] = try await read(reader, count) }
    let marks = filters.isEmpty ? nil : self.marks(results, count)
    if let marks, !marks.contains(true) {
      counts.rowsByFilter += count
      return nil
    }
    for reader in otherReaders { results[reader.column.index] = try await read(reader, count) }
    let assembler = NestedAssembler(leaves: results, memory: memory)
    var columns: [Vector] = []
    for node in output {
      do throws(FormatFault) {
        let vector = try assembler.vector(node)
        guard vector.count == count else { throw .damaged("it has \(vector.count) values for \(count) rows") }
        columns.append(vector)
      } catch { throw error.error(place(node.field.name)) }
    }
    return Batch(schema, columns, length: count, selection: try marks.flatMap { try selection($0) })
  }

  private func read(_ reader: ColumnReader, _ count: Int) async throws -> LeafResult {
    do {
      try await reader.skip(row - reader.row)
      return try await reader.read(count)
    } catch { throw self.error(error, reader.column.name) }
  }

  private func marks(_ results: [Int: LeafResult], _ count: Int) -> [Bool] {
    var marks = [Bool](repeating: true, count: count)
    for filter in filters {
      guard let vector = results[filter.leaf]?.vector else { preconditionFailure("a condition's column was not read") }
      FilterEvaluation.apply(filter.condition, to: vector, &marks)
    }
    return marks
  }

  private func selection(_ marks: [Bool]) throws -> Selection? {
    // As bytes of 0 and 1 they are counted many at once, and moved without a branch.
    return try marks.withUnsafeBytes { (marks) -> Selection? in
      let count = marks.reduce(0) { $0 &+ Int($1) }
      guard count < marks.count else { return nil }
      let buffer = try memory.buffer(count * 4)
      let rows = buffer.pointer(to: Int32.self)
      var next = 0
      // Behind the last wanted row the others are written to one place, which is within what may be touched.
      for row in 0..<marks.count {
        rows[next] = Int32(truncatingIfNeeded: row)
        next &+= Int(marks[row])
      }
      return Selection(buffer, count: count)
    }
  }

  /// Begins the next row group that may hold rows; false when there is none.
  private func startGroup() async throws -> Bool {
    while nextGroup < groups.count {
      group = groups[nextGroup]
      nextGroup += 1
      row = 0
      let rowGroup = file.metadata.rowGroups[group]
      let rowCount = Int(rowGroup.rowCount)
      guard rowCount > 0 else { continue }
      let pruning = GroupPruning(file: file, group: rowGroup, filters: filters, memory: memory)
      var ranges = [0..<rowCount]
      var offsets: [Int: OffsetIndex] = [:]
      if !filters.isEmpty {
        do {
          guard try pruning.mayMatch() else {
            counts.rowGroupsByStatistics += 1
            continue
          }
          guard try await pruning.mayMatchByBloom() else {
            counts.rowGroupsByBloomFilter += 1
            continue
          }
          ranges = try await pruning.ranges()
          counts.rowsByPageIndex += rowCount - ranges.reduce(0) { $0 + $1.count }
          offsets = try await pruning.offsets((filterReaders + otherReaders).map(\.column.index))
        } catch let fault as FormatFault { throw fault.error(place(nil)) }
      }
      guard !ranges.isEmpty else { continue }
      counts.rowGroupsRead += 1
      let following = (filterReaders + otherReaders).contains(where: \.looksAhead) ? followingGroup() : nil
      for reader in filterReaders + otherReaders {
        let index = reader.column.index
        do {
          let chunk = rowGroup.columns[index]
          try chunk.check(reader.column, fileSize: file.size)
          let next = following.flatMap { soundChunk($0, reader.column) }
          try reader.startChunk(chunk, rowCount: rowCount, offsets: offsets[index], following: next)
        } catch { throw self.error(error, reader.column.name) }
      }
      self.ranges = ranges[...]
      return true
    }
    return false
  }

  /// The row group that is read next, as far as the statistics tell.
  private func followingGroup() -> RowGroup? {
    groups[nextGroup...].lazy.map { [file] in file.metadata.rowGroups[$0] }.first { [file, filters, memory] in
      guard $0.rowCount > 0 else { return false }
      return (try? GroupPruning(file: file, group: $0, filters: filters, memory: memory).mayMatch()) ?? false
    }
  }

  /// A chunk that has passed its check. One that does not is told when its row group is read.
  private func soundChunk(_ group: RowGroup, _ column: LeafColumn) -> ColumnChunk? {
    let chunk = group.columns[column.index]
    return (try? chunk.check(column, fileSize: file.size)) == nil ? nil : chunk
  }

  private func place(_ column: String?) -> ParquetPlace {
    ParquetPlace(file.path, rowGroup: group, column: column)
  }

  /// An error with its place.
  private func error(_ error: any Error, _ column: String) -> any Error {
    if let fault = error as? FormatFault { return fault.error(place(column)) }
    if let error = error as? FlintError { return FormatFault.other(error).error(place(column)) }
    return error
  }
}
