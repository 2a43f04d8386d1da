internal import FlintColumns
internal import FlintCore

/// Gathers the rows of a stream for an operator that needs them all; when there is no memory for them, it deals them to
/// parts by their keys, of which each is less.
struct Gathering {
  /// What it came to.
  enum Result {
    case all([Batch])
    /// The parts of the rows on disk.
    case parts(SpilledRows)
  }

  /// Parts of one level.
  static let partCount = 16
  /// How often rows are dealt before their keys are taken for equal.
  static let deepest = 6

  let schema: Schema
  let keys: [Computation]
  let kernels: Kernels
  let memory: StageMemory?
  /// How often these rows were dealt before.
  let level: Int
  /// How much of their own size the operator needs beside them.
  let factor: Int

  /// The rows of `source`. Without keys they cannot be dealt: then they fit or the task fails.
  func gather(_ source: any BatchStream) async throws -> Result {
    var batches: [Batch] = []
    var size = 0
    while let batch = try await source.next() {
      if batch.rowCount == 0 { continue }
      let rows = try kernels.compact(batch)
      batches.append(rows)
      size += rows.byteCount
      guard let memory else { continue }
      let canDeal = !keys.isEmpty && level < Self.deepest
      if try await !memory.hasRoom(for: factor * size, spillable: canDeal ? size : 0) {
        return .parts(try await dealt(&batches, source, memory))
      }
    }
    return .all(batches)
  }

  /// All rows of a stream on disk.
  func spilled(_ source: any BatchStream, _ memory: StageMemory) async throws -> SpilledRows {
    var none: [Batch] = []
    return try await dealt(&none, source, memory)
  }

  private func dealt(
    _ batches: inout [Batch], _ source: any BatchStream, _ memory: StageMemory
  ) async throws -> SpilledRows {
    let spilled = try await SpilledRows(Self.partCount, schema, memory, kernels)
    // So that what is written goes at once.
    batches.reverse()
    while let batch = batches.popLast() { try await deal(batch, to: spilled) }
    await memory.giveBack()
    while let batch = try await source.next() { try await deal(batch, to: spilled) }
    try await spilled.finish()
    await memory.giveBack()
    return spilled
  }

  private func deal(_ batch: Batch, to spilled: SpilledRows) async throws {
    guard batch.rowCount > 0 else { return }
    let values = try keys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
    try await spilled.deal(batch, by: values, level: level + 1)
  }
}

extension Batch {
  /// About how many bytes its rows take; of dictionaries, which batches share, no more than a few for each row.
  var byteCount: Int {
    columns.reduce(0) { sum, column in
      guard let dictionary = column.dictionary else { return sum + BatchBlockWriter.size(of: column) }
      return sum + 4 * column.count + min(BatchBlockWriter.size(of: dictionary), 16 * column.count)
    }
  }
}
