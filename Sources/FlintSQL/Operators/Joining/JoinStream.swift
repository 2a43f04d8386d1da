internal import FlintColumns
internal import FlintCore

/// Joins the rows of the left side with those of the right one, of which it makes a table first.
///
/// When there is no memory for the table both sides go to disk, in parts by their keys, and each part is joined for itself. A
/// part that dealing would not divide any further is sorted and merged.
final class JoinStream: BatchStream {
  private let join: CompiledJoin
  private let left: any BatchStream
  private let right: any BatchStream
  private let kernels: Kernels
  private let memory: StageMemory?
  /// How often these keys were dealt before.
  private let level: Int
  /// Who has the table, where all tasks have the right side.
  private let shared: SharedTable?
  /// What is known of the whole right side, where this is a part of it.
  private let whole: RightSide?
  private var result: (any BatchStream)?

  convenience init(
    _ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels,
    _ memory: StageMemory?, _ shared: SharedTable?
  ) {
    self.init(join, left, right, kernels, memory, level: 0, shared, nil)
  }

  private init(
    _ join: CompiledJoin, _ left: any BatchStream, _ right: any BatchStream, _ kernels: Kernels,
    _ memory: StageMemory?, level: Int, _ shared: SharedTable?, _ whole: RightSide?
  ) {
    self.join = join
    self.left = left
    self.right = right
    self.kernels = kernels
    self.memory = memory
    self.level = level
    self.shared = shared
    self.whole = whole
  }

  func next() async throws -> Batch? {
    if result == nil { result = try await made() }
    return try await result?.next()
  }

  private func made() async throws -> any BatchStream {
    if let shared { return probing(try JoinTable(try await shared.table(), kernels)) }
    let schema = join.rightColumns.schema
    let gathering = Gathering(
      schema: schema, keys: join.rightKeys, kernels: kernels, memory: memory, level: level, factor: 2)
    let known = RightSideStream(right, join, kernels, whole)
    switch try await gathering.gather(known) {
    case .all(let batches): return probing(try join.table(try kernels.concatenate(batches, schema), kernels))
    case .parts(let spilled): return try await dealt(spilled, known.side)
    }
  }

  private func probing(_ table: JoinTable) -> any BatchStream {
    let side = whole ?? RightSide(table, join)
    return ProbeStream(JoinProbe(join, table, side, kernels), left, memory)
  }

  /// Deals the left side as the right one was.
  private func dealt(_ rightRows: SpilledRows, _ whole: RightSide) async throws -> any BatchStream {
    guard let memory else { preconditionFailure("rows were spilled for lack of memory that nobody counts") }
    let gathering = Gathering(
      schema: join.leftColumns.schema, keys: join.leftKeys, kernels: kernels, memory: memory, level: level, factor: 0)
    let leftRows = try await gathering.spilled(left, memory)
    let (join, kernels, level) = (join, kernels, level + 1)
    return PartsStream(leftRows, [rightRows], memory) { part in
      let (left, right) = (leftRows.rows(of: part), rightRows.rows(of: part))
      // Most rows in one part have one key, as far as anybody can tell.
      if level == Gathering.deepest || rightRows.isMost(part) {
        return MergeJoinStream(join, left, right, kernels, memory, whole)
      }
      return JoinStream(join, left, right, kernels, memory, level: level, nil, whole)
    }
  }
}
