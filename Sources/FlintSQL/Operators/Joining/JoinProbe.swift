internal import FlintColumns
internal import FlintCore

/// Looks rows of the left side up in a table of right ones, one batch after another.
final class JoinProbe {
  private let join: CompiledJoin
  private let table: JoinTable
  private let whole: RightSide
  private let kernels: Kernels
  /// Whether the rows may have pairs in other tables too; then only pairs are given, and marks.
  private let isPart: Bool
  /// Which rows of the table have a pair, where the table does not know it and somebody asks.
  private(set) var found: [Bool]
  /// Which rows of the batch have a pair, where keys alone do not decide.
  private(set) var marks: [Bool] = []
  /// The batch whose pairs are given out.
  private var current: (batch: Batch, matches: JoinMatches)?

  /// A table with all right rows that may have the keys of left ones.
  init(_ join: CompiledJoin, _ table: JoinTable, _ whole: RightSide, _ kernels: Kernels) {
    self.join = join
    self.table = table
    self.whole = whole
    self.kernels = kernels
    isPart = false
    let asks = join.kind == .full && join.rest != nil
    found = asks ? [Bool](repeating: false, count: table.batch.length) : []
  }

  /// A table with some of those rows.
  ///
  /// - Parameter found: which of them have a pair so far; empty where nobody asks.
  init(partOf join: CompiledJoin, _ table: JoinTable, found: [Bool], _ kernels: Kernels) {
    self.join = join
    self.table = table
    self.found = found
    self.kernels = kernels
    whole = RightSide()
    isPart = true
  }

  /// Whether the batch has given all that it gives.
  var isDone: Bool { current == nil }

  /// - Parameter marks: which of the rows have a pair in other tables.
  func look(up batch: Batch, marks: [Bool]? = nil) throws {
    let keys = try keys(of: batch)
    current = (batch, try table.matches(keys, length: batch.length, selection: batch.selection))
    self.marks = marks ?? (join.rest == nil ? [] : [Bool](repeating: false, count: batch.length))
  }

  /// The next rows that the batch gives; nil when there are none now.
  func next() throws -> Batch? { join.rest == nil && !isPart ? try nextFound() : try nextChosen() }

  /// The table's rows that no batch has found, where the join gives them.
  func unmatchedRight() throws -> Batch? {
    guard join.kind == .full else { return nil }
    return try join.unmatched(right: table.batch, join.rest == nil ? try table.unmatched() : try missing(), kernels)
  }

  private func missing() throws(FlintError) -> RowNumbers {
    try RowNumbers(found.indices.filter { !found[$0] }.map { Int32($0) }, kernels.memory)
  }

  private func keys(of batch: Batch) throws(FlintError) -> [Vector] {
    try join.leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
  }

  /// Where keys alone decide.
  private func nextFound() throws -> Batch? {
    guard let (batch, before) = current else { return nil }
    // So that what changes is not copied.
    current = nil
    var matches = before
    let kind: JoinKind =
      switch join.kind {
      case .inner, .right: .inner
      case .left, .full: .outer
      case .semi: .semi
      case .anti, .antiUnlessNull: .anti
      }
    if join.kind == .antiUnlessNull {
      if whole.isEmpty { return batch }
      if whole.hasNull { return nil }
    }
    guard let (rows, tableRows) = try matches.next(kind, limit: BatchesStream.size) else { return nil }
    current = (batch, matches)
    if rows.count == 0 { return nil }
    switch join.kind {
    case .inner, .right, .left, .full: return try paired(batch, rows, tableRows, join.output)
    case .semi, .anti: return try kernels.take(batch, rows)
    case .antiUnlessNull:
      let keys = try keys(of: batch)
      let known = (0..<rows.count).map { rows.rows[$0] }.filter { row in !keys.contains { $0.isNull(Int(row)) } }
      return known.isEmpty ? nil : try kernels.take(batch, try RowNumbers(known, kernels.memory))
    }
  }

  /// Where pairs must meet another condition too, or may be in other tables.
  private func nextChosen() throws -> Batch? {
    guard let (batch, before) = current else { return nil }
    current = nil
    var matches = before
    guard let (rows, tableRows) = try matches.next(.inner, limit: BatchesStream.size) else {
      return isPart ? nil : try join.unmatched(left: batch, marks, whole, kernels)
    }
    let (leftRows, rightRows) = try chosen(batch, rows, tableRows)
    for index in 0..<leftRows.count { marks[Int(leftRows.rows[index])] = true }
    if !found.isEmpty { for index in 0..<rightRows.count { found[Int(rightRows.rows[index])] = true } }
    current = (batch, matches)
    guard join.givesPairs, leftRows.count > 0 else { return nil }
    return try paired(batch, leftRows, rightRows, join.output)
  }

  /// The pairs that meet the rest of the condition.
  private func chosen(
    _ batch: Batch, _ rows: RowNumbers, _ tableRows: RowNumbers
  ) throws -> (RowNumbers, RowNumbers) {
    guard let rest = join.rest, rows.count > 0 else { return (rows, tableRows) }
    let pairs = try paired(batch, rows, tableRows, join.restColumns)
    let selection = try rest.selection(pairs, kernels)
    let left = try kernels.memory.buffer(selection.count * 4)
    let right = try kernels.memory.buffer(selection.count * 4)
    for index in 0..<selection.count {
      let pair = Int(selection.rows[index])
      left.pointer(to: Int32.self)[index] = rows.rows[pair]
      right.pointer(to: Int32.self)[index] = tableRows.rows[pair]
    }
    withExtendedLifetime((rows, tableRows, selection)) {}
    return (RowNumbers(left, count: selection.count), RowNumbers(right, count: selection.count))
  }

  private func paired(
    _ batch: Batch, _ rows: RowNumbers, _ tableRows: RowNumbers, _ columns: CompiledJoin.Pairing
  ) throws -> Batch {
    // Often each row has one pair.
    let areAll = rows.count == batch.length && rows.areRising
    let left = try columns.left.map { areAll ? batch.columns[$0] : try kernels.take(batch.columns[$0], rows) }
    let right = try columns.right.map { try kernels.take(table.batch.columns[$0], tableRows) }
    return Batch(columns.schema, left + right, length: rows.count)
  }
}
