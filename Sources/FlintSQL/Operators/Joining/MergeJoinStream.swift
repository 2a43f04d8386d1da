internal import FlintColumns
internal import FlintCore

/// Joins two sides that it sorts by their keys, so that rows with equal keys meet. Of either side it holds a batch.
///
/// What stands before the last keys at hand is complete on both sides: those rows are joined as if they were all. A key whose
/// rows go on behind a batch is joined for itself (`KeyJoinStream`).
final class MergeJoinStream: BatchStream {
  private let join: CompiledJoin
  private let left: SortedSide
  private let right: SortedSide
  private let known: RightSideStream
  private let kernels: Kernels
  private let memory: StageMemory?
  private var current: (any BatchStream)?
  private var isAtEnd = false

  /// - Parameter whole: what is known of the whole right side, where this is a part of it.
  convenience init(
    _ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels,
    _ memory: StageMemory?, _ whole: RightSide? = nil
  ) {
    let known = RightSideStream(right, join, kernels, whole)
    self.init(
      join, sorted: SortStream(left, by: join.leftKeys, join.leftColumns, kernels, memory),
      SortStream(known, by: join.rightKeys, join.rightColumns, kernels, memory), known, kernels, memory)
  }

  /// - Parameter known: what there is to know of the right side, once its first rows are there.
  init(
    _ join: CompiledJoin, sorted left: any BatchStream, _ right: any BatchStream, _ known: RightSideStream,
    _ kernels: Kernels, _ memory: StageMemory?
  ) {
    precondition(!join.leftKeys.isEmpty, "rows are sorted by keys")
    self.join = join
    self.left = SortedSide(left, by: join.leftKeys, kernels)
    self.right = SortedSide(right, by: join.rightKeys, kernels)
    self.known = known
    self.kernels = kernels
    self.memory = memory
  }

  func next() async throws -> Batch? {
    while !isAtEnd {
      try memory?.checkCancellation()
      if let rows = try await current?.next() { return rows }
      current = try await following()
      isAtEnd = current == nil
    }
    return nil
  }

  /// What comes next; nil at the end.
  private func following() async throws -> (any BatchStream)? {
    // Once the right side is sorted, all is known of it.
    try await right.read()
    if right.first == nil, !join.givesUnmatchedLeft { return nil }
    try await left.read()
    guard let leftFirst = left.first, let leftLast = left.last else {
      return join.kind == .full ? try right.takeAll().map { try joined(nil, $0) } : nil
    }
    guard let rightFirst = right.first, let rightLast = right.last else { return try joined(left.takeAll(), nil) }
    let end = leftLast.compare(rightLast) <= 0 ? leftLast : rightLast
    let (leftRows, rightRows) = (left.take(before: end), right.take(before: end))
    if leftRows != nil || rightRows != nil { return try joined(leftRows, rightRows) }
    // One side has nothing at hand but this key, and may have more of it.
    let order = leftFirst.compare(rightFirst)
    guard order == 0, join.nullsMatch || !end.hasNull else {
      let (leftRows, rightRows) = (order <= 0 ? left.take(upTo: end) : nil, order >= 0 ? right.take(upTo: end) : nil)
      precondition(leftRows != nil || rightRows != nil, "the sides are not in the order of their keys")
      return try joined(leftRows, rightRows)
    }
    return try await KeyJoinStream(join, end, left, right, known.side, kernels, memory)
  }

  /// Some rows of both sides, of which no other rows have the keys.
  private func joined(_ leftRows: Batch?, _ rightRows: Batch?) throws -> any BatchStream {
    let givesNothing = leftRows == nil ? join.kind != .full : rightRows == nil && !join.givesUnmatchedLeft
    if givesNothing { return BatchesStream([]) }
    let none = try kernels.concatenate([], join.rightColumns.schema)
    let probe = JoinProbe(join, try join.table(rightRows ?? none, kernels), known.side, kernels)
    return ProbeStream(probe, BatchesStream(leftRows.map { [$0] } ?? []), memory)
  }
}
