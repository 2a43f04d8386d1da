internal import FlintCore
internal import FlintTasks

/// The joined rows of one partition.
final class JoinStream<Key: Hashable, Left, Right, Output>: RowStream {
  private typealias Parts = (left: SpilledParts<(Key, Left)>, right: SpilledParts<(Key, Right)>)

  /// A part on disk, and how far its right side was read into tables.
  private struct Part {
    var number: Int
    var rightBlocks: ArraySlice<Range<Int64>>
    var leftBlocks: ArraySlice<Range<Int64>> = []
    /// For each left row whether a table before this one had its key.
    var flags: [Bool]
    var leftPosition = 0
  }

  private let kernel: JoinKernel<Key, Left, Right, Output>
  private let left: RowSource<(Key, Left)>
  private let right: RowSource<(Key, Right)>
  private let context: any TaskContext
  private let memory: TaskMemory
  private let table = JoinTable<Key, Right>()
  private let batch = RowBatch<Output>()
  private var isBuilt = false
  private var file: (any SpillFile)?
  private var parts: Parts?
  private var part: Part?

  private var rows: [(Key, Left)] = []
  private var flags: [Bool] = []
  private var cursor = JoinCursor()
  /// The next key of the table that is looked at for rows without a partner.
  private var leftover = 0

  init(
    _ kernel: JoinKernel<Key, Left, Right, Output>, left: RowSource<(Key, Left)>, right: RowSource<(Key, Right)>,
    _ context: any TaskContext
  ) {
    self.kernel = kernel
    self.left = left
    self.right = right
    self.context = context
    memory = TaskMemory(context)
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    if !isBuilt {
      isBuilt = true
      try await build()
      if parts != nil, try await !nextPart() { return try await end() }
    }
    let limit = context.limits.rowsPerBatch
    batch.rows.removeAll(keepingCapacity: true)
    while batch.rows.isEmpty {
      if cursor.row < rows.count {
        kernel.probe(table, rows, &flags, isLastTable, &cursor, &batch.rows, limit)
      } else if try await nextLeft() {
        continue
      } else if kernel.keepsRight, leftover < table.keyCount {
        kernel.leftovers(table, &leftover, &batch.rows, limit)
      } else if try await !nextPart() {
        return try await end()
      }
    }
    return batch
  }

  // MARK: The right side.

  private func build() async throws {
    while let rows = try await right.next() {
      try context.checkCancellation()
      guard try await hasRoom(for: rows.count, rowBytes: right.weight.bytes) else { return try await spill(rows) }
      kernel.build(table, rows)
    }
  }

  private func hasRoom(for count: Int, rowBytes: Int) async throws -> Bool {
    try await memory.grow(
      to: table.size(adding: count, rowBytes: rowBytes), spillable: table.rowCount == 0 ? 0 : memory.held)
  }

  /// Both sides to disk: what the table has, `rows`, and all that follow.
  private func spill(_ rows: [(Key, Right)]) async throws {
    let file = try await context.makeSpillFile()
    self.file = file
    let rightSide = try JoinSide(kernel.dealRight, file: file)
    var position = 0
    while position < table.keyCount {
      let end = min(position + 1024, table.keyCount)
      var unloaded: [(Key, Right)] = []
      kernel.unload(table, position..<end, &unloaded)
      try await rightSide.append(unloaded)
      position = end
    }
    table.removeAll()
    await memory.shrink()
    try await rightSide.append(rows)
    while let rows = try await right.next() {
      try context.checkCancellation()
      try await rightSide.append(rows)
    }
    try await rightSide.finish()
    let leftSide = try JoinSide(kernel.dealLeft, file: file)
    while let rows = try await left.next() {
      try context.checkCancellation()
      try await leftSide.append(rows)
    }
    try await leftSide.finish()
    parts = (leftSide.parts, rightSide.parts)
  }

  // MARK: The left side.

  /// Whether no further table follows with rows of the same keys.
  private var isLastTable: Bool { part.map(\.rightBlocks.isEmpty) ?? true }

  private func nextLeft() async throws -> Bool {
    saveFlags()
    rows = []
    cursor = JoinCursor()
    guard let parts else {
      guard let next = try await left.next() else { return false }
      rows = next
      flags = Array(repeating: false, count: next.count)
      return true
    }
    guard let block = part?.leftBlocks.popFirst() else { return false }
    try context.checkCancellation()
    rows = try await parts.left.read(block).rows
    if let part { flags = Array(part.flags[part.leftPosition..<part.leftPosition + rows.count]) }
    return true
  }

  /// What the finished rows of a part have met is needed when they meet the part's next table.
  private func saveFlags() {
    guard part != nil, !rows.isEmpty, let start = part?.leftPosition else { return }
    part?.flags.replaceSubrange(start..<start + rows.count, with: flags)
    part?.leftPosition = start + rows.count
  }

  // MARK: Parts.

  /// The next table and the left rows that meet it; false after the last.
  private func nextPart() async throws -> Bool {
    guard let parts else { return false }
    table.removeAll()
    await memory.shrink()
    leftover = 0
    var next = part ?? Part(number: -1, rightBlocks: [], flags: [])
    if next.rightBlocks.isEmpty {
      repeat {
        next.number += 1
        guard next.number < parts.left.parts.count else { return false }
      } while !isWanted(next.number, parts)
      next.rightBlocks = parts.right.parts[next.number].blocks[...]
      next.flags = Array(repeating: false, count: parts.left.parts[next.number].rowCount)
    }
    next.leftBlocks = parts.left.parts[next.number].blocks[...]
    next.leftPosition = 0
    while let block = next.rightBlocks.first {
      try context.checkCancellation()
      let (rows, size) = try await parts.right.read(block)
      let rowBytes = RowWeight(of: (Key, Right).self).bytes(count: rows.count, size: size)
      guard try await hasRoom(for: rows.count, rowBytes: rowBytes) else { break }
      kernel.build(table, rows)
      next.rightBlocks.removeFirst()
    }
    part = next
    return true
  }

  private func isWanted(_ number: Int, _ parts: Parts) -> Bool {
    let hasLeft = parts.left.parts[number].rowCount > 0
    let hasRight = parts.right.parts[number].rowCount > 0
    return hasLeft && (hasRight || kernel.keepsLeft) || hasRight && kernel.keepsRight
  }

  private func end() async throws -> AnyRowBatch? {
    table.removeAll()
    await memory.shrink()
    await file?.remove()
    file = nil
    return nil
  }
}
