internal import FlintColumns
internal import FlintCore

/// Rows that are read more than once: in memory or, when there is no room for them, on disk.
final class RepeatedRows {
  private let schema: Schema
  private let kernels: Kernels
  private let memory: StageMemory?
  private var batches: [Batch] = []
  private var size = 0
  private var spilled: SpilledRows?

  init(_ schema: Schema, _ kernels: Kernels, _ memory: StageMemory?) {
    self.schema = schema
    self.kernels = kernels
    self.memory = memory
  }

  func append(_ rows: Batch) async throws {
    if let spilled { return try await spilled.append(rows, to: 0) }
    batches.append(rows)
    size += rows.byteCount
    // What is made of a batch takes about as much again.
    guard let memory, try await !memory.hasRoom(for: 2 * rows.byteCount, spillable: size) else { return }
    let spilled = try await SpilledRows(1, schema, memory, kernels)
    // So that what is written goes at once.
    batches.reverse()
    while let batch = batches.popLast() { try await spilled.append(batch, to: 0) }
    self.spilled = spilled
    await memory.giveBack()
  }

  /// Nothing is added any more.
  func finish() async throws {
    try await spilled?.finish()
    await memory?.giveBack()
  }

  /// All rows from the first on, always in the same batches.
  func stream() -> any BatchStream { spilled?.rows(of: 0) ?? BatchesStream(batches) }

  /// Removes what is on disk.
  func remove() async { await spilled?.remove() }
}
