internal import FlintColumns
internal import FlintCore

/// Joins the rows of the left side with those of the right one, of which it makes a table first.
///
/// When there is no memory for the table both sides go to disk, in parts by their keys, and each part is joined for itself.
final class JoinStream: BatchStream {
  private let join: CompiledJoin
  private let left: any BatchStream
  private let right: any BatchStream
  private let kernels: Kernels
  private let memory: StageMemory?
  /// How often these keys were dealt before.
  private let level: Int
  private var parts: PartsStream?
  /// Who has the table, where all tasks have the right side.
  private var shared: SharedTable?
  private var table: JoinTable?
  /// Which rows of the right side have a pair.
  private var found: [Bool] = []
  /// What must be known of all rows of the right side, of which this may be a part.
  private var whole: RightSide?
  private var isAtEnd = false
  /// The batch whose pairs are given out, and which of its rows have one.
  private var current: (batch: Batch, matches: JoinMatches, found: [Bool])?

  /// Of all rows of the right side: whether there are any, and null among their keys.
  private struct RightSide {
    var isEmpty = true
    var hasNull = false
  }

  convenience init(
    _ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels,
    _ memory: StageMemory?, _ shared: SharedTable?
  ) {
    self.init(join, left, right, kernels, memory, level: 0, nil)
    self.shared = shared
  }

  private init(
    _ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels,
    _ memory: StageMemory?, level: Int, _ whole: RightSide?
  ) {
    self.join = join
    self.left = left
    self.right = right
    self.kernels = kernels
    self.memory = memory
    self.level = level
    self.whole = whole
  }

  func next() async throws -> Batch? {
    if table == nil, parts == nil { try await build() }
    if let parts { return try await parts.next() }
    guard let table, !isAtEnd else { return nil }
    while true {
      if current != nil {
        try memory?.checkCancellation()
        if let batch = try nextRows(table) { return batch }
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
        join.rest == nil ? [] : [Bool](repeating: false, count: batch.length)
      )
    }
  }

  private func build() async throws {
    if let shared { return use(try JoinTable(try await shared.table(), kernels)) }
    let schema = join.rightColumns.schema
    let gathering = Gathering(
      schema: schema, keys: join.rightKeys, kernels: kernels, memory: memory, level: level, factor: 2)
    switch try await gathering.gather(right) {
    case .all(let batches): use(try join.table(try kernels.concatenate(batches, schema), kernels))
    case .parts(let spilled): try await deal(spilled)
    }
  }

  private func use(_ table: JoinTable) {
    let keys = table.batch.columns.dropFirst(join.rightColumns.count)
    whole = whole ?? RightSide(isEmpty: table.batch.length == 0, hasNull: keys.contains { $0.nullCount > 0 })
    if join.rest != nil { found = [Bool](repeating: false, count: table.batch.length) }
    self.table = table
  }

  /// Deals the left side as the right one was.
  private func deal(_ rightRows: SpilledRows) async throws {
    guard let memory else { return }
    let gathering = Gathering(
      schema: join.leftColumns.schema, keys: join.leftKeys, kernels: kernels, memory: memory, level: level, factor: 0)
    let leftRows = try await gathering.spilled(left, memory)
    if whole == nil, join.kind == .antiUnlessNull { whole = try await rightSide(rightRows) }
    let (join, kernels, level, whole) = (join, kernels, level, whole)
    parts = PartsStream(leftRows, [rightRows], memory) { part in
      JoinStream(
        join, leftRows.rows(of: part), rightRows.rows(of: part), kernels, memory, level: level + 1, whole)
    }
  }

  private func rightSide(_ rows: SpilledRows) async throws -> RightSide {
    var side = RightSide()
    for part in 0..<Gathering.partCount where !side.hasNull {
      let stream = rows.rows(of: part)
      while let batch = try await stream.next() {
        side.isEmpty = false
        for key in join.rightKeys where try key.vector(batch, kernels).nullCount > 0 { side.hasNull = true }
      }
    }
    return side
  }

  // MARK: Pairs.

  /// The next rows that the current batch gives; nil when there are none now.
  private func nextRows(_ table: JoinTable) throws -> Batch? {
    join.rest == nil ? try nextFound(table) : try nextChosen(table)
  }

  /// Where keys alone decide.
  private func nextFound(_ table: JoinTable) throws -> Batch? {
    guard let (batch, before, marks) = current else { return nil }
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
      if whole?.isEmpty == true { return batch }
      if whole?.hasNull == true { return nil }
    }
    guard let (rows, tableRows) = try matches.next(kind, limit: BatchesStream.size) else { return nil }
    current = (batch, matches, marks)
    if rows.count == 0 { return nil }
    switch join.kind {
    case .inner, .right, .left, .full: return try paired(batch, rows, table, tableRows, join.output)
    case .semi, .anti: return try kernels.take(batch, rows)
    case .antiUnlessNull:
      let keys = try join.leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      let known = (0..<rows.count).map { rows.rows[$0] }.filter { row in !keys.contains { $0.isNull(Int(row)) } }
      return known.isEmpty ? nil : try kernels.take(batch, try RowNumbers(known, kernels.memory))
    }
  }

  /// Where pairs must meet another condition too.
  private func nextChosen(_ table: JoinTable) throws -> Batch? {
    guard let (batch, before, oldMarks) = current else { return nil }
    current = nil
    var (matches, marks) = (before, oldMarks)
    guard let (rows, tableRows) = try matches.next(.inner, limit: BatchesStream.size) else {
      return try unmatchedLeft(batch, marks)
    }
    let (leftRows, rightRows) = try chosen(batch, rows, tableRows)
    for index in 0..<leftRows.count {
      marks[Int(leftRows.rows[index])] = true
      found[Int(rightRows.rows[index])] = true
    }
    current = (batch, matches, marks)
    guard join.givesPairs, leftRows.count > 0 else { return nil }
    return try paired(batch, leftRows, table, rightRows, join.output)
  }

  /// The pairs that meet the rest of the condition.
  private func chosen(
    _ batch: Batch, _ rows: RowNumbers, _ tableRows: RowNumbers
  ) throws -> (RowNumbers, RowNumbers) {
    guard let rest = join.rest, let table, rows.count > 0 else { return (rows, tableRows) }
    let pairs = try paired(batch, rows, table, tableRows, join.restColumns)
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
    _ batch: Batch, _ rows: RowNumbers, _ table: JoinTable, _ tableRows: RowNumbers, _ columns: CompiledJoin.Pairing
  ) throws -> Batch {
    // Often each row has one pair.
    let areAll = rows.count == batch.length && rows.areRising
    let left = try columns.left.map { areAll ? batch.columns[$0] : try kernels.take(batch.columns[$0], rows) }
    let right = try columns.right.map { try kernels.take(table.batch.columns[$0], tableRows) }
    return Batch(columns.schema, left + right, length: rows.count)
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
      if whole?.isEmpty == true { return batch }
      if whole?.hasNull == true { return nil }
      let keys = try join.leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      return try selected(batch, all.filter { row in !marks[Int(row)] && !keys.contains { $0.isNull(Int(row)) } })
    case .left, .full:
      let missing = all.filter { !marks[Int($0)] }
      if missing.isEmpty { return nil }
      let numbers = try RowNumbers(missing, kernels.memory)
      let left = try join.output.left.map { try kernels.take(batch.columns[$0], numbers) }
      let right = try join.output.right.map { try kernels.nulls(join.rightColumns[$0].type, count: missing.count) }
      return Batch(join.output.schema, left + right, length: missing.count)
    }
  }

  private func selected(_ batch: Batch, _ rows: [Int32]) throws -> Batch? {
    rows.isEmpty ? nil : batch.selecting(try Selection(rows, kernels.memory))
  }

  private func unmatchedRight(_ table: JoinTable) throws -> Batch? {
    let numbers =
      join.rest == nil
      ? try table.unmatched()
      : try RowNumbers(found.indices.filter { !found[$0] }.map { Int32($0) }, kernels.memory)
    if numbers.count == 0 { return nil }
    let left = try join.output.left.map { try kernels.nulls(join.leftColumns[$0].type, count: numbers.count) }
    let right = try join.output.right.map { try kernels.take(table.batch.columns[$0], numbers) }
    return Batch(join.output.schema, left + right, length: numbers.count)
  }
}
