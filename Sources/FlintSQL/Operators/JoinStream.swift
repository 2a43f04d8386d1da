internal import FlintColumns
internal import FlintCore

/// Joins the rows of the left side with those of the right one, of which it makes a table first.
final class JoinStream: BatchStream {
  private let join: CompiledJoin
  private let left: any BatchStream
  private let right: any BatchStream
  private let kernels: Kernels
  private var table: JoinTable?
  /// Which rows of the right side have a pair.
  private var found: [Bool] = []
  private var hasRightNull = false
  private var isAtEnd = false
  /// The batch whose pairs are given out, and which of its rows have one.
  private var current: (batch: Batch, matches: JoinMatches, found: [Bool])?

  init(_ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels) {
    self.join = join
    self.left = left
    self.right = right
    self.kernels = kernels
  }

  func next() async throws -> Batch? {
    if table == nil { try await build() }
    guard let table, !isAtEnd else { return nil }
    while true {
      if current != nil {
        if let batch = try nextPairs(table) { return batch }
        continue
      }
      guard let batch = try await left.next() else {
        isAtEnd = true
        return join.kind == .full ? try unmatchedRight(table) : nil
      }
      if batch.rowCount == 0 { continue }
      let keys = try join.leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      current = (
        batch, try table.matches(keys, length: batch.length, selection: batch.selection),
        [Bool](repeating: false, count: batch.length)
      )
    }
  }

  /// The right side with its keys behind its columns.
  private func build() async throws {
    let rows = try await right.all(join.rightColumns.schema, kernels)
    let keys = try join.rightKeys.map { (key) throws(FlintError) in try key.vector(rows, kernels) }
    hasRightNull = keys.contains { $0.nullCount > 0 }
    let fields = rows.schema.fields + keys.enumerated().map { Field("key\($0)", $1.type) }
    let batch = Batch(Schema(fields), rows.columns + keys, length: rows.length)
    let numbers = Array(rows.columns.count..<fields.count)
    table = try JoinTable(batch, keys: numbers, nullsMatch: join.nullsMatch, kernels)
    found = [Bool](repeating: false, count: rows.length)
  }

  // MARK: Pairs.

  /// The next rows that the current batch gives; nil when there are none now.
  private func nextPairs(_ table: JoinTable) throws -> Batch? {
    guard let (batch, oldMatches, oldMarks) = current else { return nil }
    // So that what changes is not copied.
    current = nil
    var matches = oldMatches
    var marks = oldMarks
    guard let (rows, tableRows) = try matches.next(.inner, limit: BatchesStream.size) else {
      return try unmatchedLeft(batch, marks)
    }
    let (leftRows, rightRows) = try chosen(batch, rows, tableRows, table)
    for index in 0..<leftRows.count {
      marks[Int(leftRows.rows[index])] = true
      found[Int(rightRows.rows[index])] = true
    }
    current = (batch, matches, marks)
    guard join.givesPairs, leftRows.count > 0 else { return nil }
    return try paired(batch, leftRows, table, rightRows)
  }

  /// The pairs that meet the rest of the condition.
  private func chosen(
    _ batch: Batch, _ rows: RowNumbers, _ tableRows: RowNumbers, _ table: JoinTable
  ) throws -> (RowNumbers, RowNumbers) {
    guard let rest = join.rest, rows.count > 0 else { return (rows, tableRows) }
    let pairs = try paired(batch, rows, table, tableRows)
    let selection = try rest.selection(pairs, kernels)
    var left: [Int32] = []
    var right: [Int32] = []
    for index in 0..<selection.count {
      left.append(rows.rows[Int(selection.rows[index])])
      right.append(tableRows.rows[Int(selection.rows[index])])
    }
    return (try RowNumbers(left, kernels.memory), try RowNumbers(right, kernels.memory))
  }

  private func paired(
    _ batch: Batch, _ rows: RowNumbers, _ table: JoinTable, _ tableRows: RowNumbers
  ) throws -> Batch {
    let left = try batch.columns.map { try kernels.take($0, rows) }
    let right = try table.batch.columns.prefix(join.rightColumns.count).map { try kernels.take($0, tableRows) }
    return Batch((join.leftColumns + join.rightColumns).schema, left + right, length: rows.count)
  }

  // MARK: Rows without a pair.

  /// What the left rows give once all their pairs are known; nil when that is nothing.
  private func unmatchedLeft(_ batch: Batch, _ marks: [Bool]) throws -> Batch? {
    let rows = batch.selection.map { selection in (0..<selection.count).map { selection.rows[$0] } }
    let all = rows ?? (0..<Int32(batch.length)).map { $0 }
    switch join.kind {
    case .inner, .right: return nil
    case .semi: return try selected(batch, all.filter { marks[Int($0)] })
    case .anti: return try selected(batch, all.filter { !marks[Int($0)] })
    case .antiUnlessNull:
      if found.isEmpty { return batch }
      if hasRightNull { return nil }
      let keys = try join.leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      return try selected(batch, all.filter { row in !marks[Int(row)] && !keys.contains { $0.isNull(Int(row)) } })
    case .left, .full:
      let missing = all.filter { !marks[Int($0)] }
      if missing.isEmpty { return nil }
      let numbers = try RowNumbers(missing, kernels.memory)
      let left = try batch.columns.map { try kernels.take($0, numbers) }
      let right = try join.rightColumns.map { try kernels.nulls($0.type, count: missing.count) }
      return Batch((join.leftColumns + join.rightColumns).schema, left + right, length: missing.count)
    }
  }

  private func selected(_ batch: Batch, _ rows: [Int32]) throws -> Batch? {
    rows.isEmpty ? nil : batch.selecting(try Selection(rows, kernels.memory))
  }

  private func unmatchedRight(_ table: JoinTable) throws -> Batch? {
    let missing = found.indices.filter { !found[$0] }.map { Int32($0) }
    if missing.isEmpty { return nil }
    let numbers = try RowNumbers(missing, kernels.memory)
    let left = try join.leftColumns.map { try kernels.nulls($0.type, count: missing.count) }
    let right = try table.batch.columns.prefix(join.rightColumns.count).map { try kernels.take($0, numbers) }
    return Batch((join.leftColumns + join.rightColumns).schema, left + right, length: missing.count)
  }
}
