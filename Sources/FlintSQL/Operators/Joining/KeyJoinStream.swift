internal import FlintColumns
internal import FlintCore

/// Joins all rows of one key, of which there may be any number on both sides: the right ones are read again for each batch of
/// left ones, from disk when there is no memory for them.
final class KeyJoinStream: BatchStream {
  private let join: CompiledJoin
  private let key: RowKey
  private let left: SortedSide
  private let right: RepeatedRows
  private let whole: RightSide
  private let kernels: Kernels
  private let memory: StageMemory?
  /// Which right rows have a pair, a list for each batch of them, where the join gives those that have none.
  private var found: [[Bool]] = []
  /// The left rows that are joined now, and which of them have a pair.
  private var batch: (rows: Batch, marks: [Bool])?
  /// The right rows that come next, and the number of their batch.
  private var rightRows: any BatchStream
  private var number = 0
  private var probe: JoinProbe?
  private var isLeftDone = false

  /// Both sides begin with rows of the key; those of the right side are gathered.
  init(
    _ join: CompiledJoin, _ key: RowKey, _ left: SortedSide, _ right: SortedSide, _ whole: RightSide,
    _ kernels: Kernels, _ memory: StageMemory?
  ) async throws {
    self.join = join
    self.key = key
    self.left = left
    self.whole = whole
    self.kernels = kernels
    self.memory = memory
    let rows = RepeatedRows(join.rightColumns.schema, kernels, memory)
    // Where keys alone decide, one row tells whether there is a pair.
    let wantsOne = !join.givesPairs && join.rest == nil
    var isFirst = true
    while let batch = right.take(upTo: key) {
      try memory?.checkCancellation()
      if isFirst || !wantsOne { try await rows.append(wantsOne ? batch.slice(0..<1) : batch) }
      isFirst = false
      try await right.read()
    }
    try await rows.finish()
    self.right = rows
    rightRows = BatchesStream([])
  }

  func next() async throws -> Batch? {
    while true {
      try memory?.checkCancellation()
      if let probe, !probe.isDone {
        if let rows = try probe.next() { return rows }
      } else if batch != nil {
        if let rows = try await proceed() { return rows }
      } else if !isLeftDone {
        try await readLeft()
      } else if let rows = try await rightRows.next() {
        if let unmatched = try unmatched(rows) { return unmatched }
      } else {
        await right.remove()
        return nil
      }
    }
  }

  private func readLeft() async throws {
    // At first the rows are at hand.
    try await left.read()
    if let rows = left.take(upTo: key) {
      batch = (rows, [Bool](repeating: false, count: rows.length))
    } else {
      isLeftDone = true
    }
    let isDone = isLeftDone && join.kind != .full
    rightRows = isDone ? BatchesStream([]) : right.stream()
    number = 0
  }

  /// Looks the left rows up among the next right ones. Behind the last of them, what they give without a pair.
  private func proceed() async throws -> Batch? {
    guard let (rows, before) = batch else { return nil }
    batch = nil
    var marks = before
    if let probe {
      marks = probe.marks
      if join.kind == .full { found[number - 1] = probe.found }
      self.probe = nil
    }
    guard let others = try await rightRows.next() else { return try join.unmatched(left: rows, marks, whole, kernels) }
    if join.kind == .full, number == found.count { found.append([Bool](repeating: false, count: others.length)) }
    let probe = JoinProbe(
      partOf: join, try join.table(others, kernels), found: join.kind == .full ? found[number] : [], kernels)
    try probe.look(up: rows, marks: marks)
    self.probe = probe
    number += 1
    batch = (rows, marks)
    return nil
  }

  private func unmatched(_ rows: Batch) throws -> Batch? {
    defer { number += 1 }
    let missing = found[number].indices.filter { !found[number][$0] }.map { Int32($0) }
    return try join.unmatched(right: rows, try RowNumbers(missing, kernels.memory), kernels)
  }
}
