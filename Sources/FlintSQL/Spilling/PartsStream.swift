internal import FlintColumns

/// What is computed of the parts of rows on disk, one after another.
final class PartsStream: BatchStream {
  private let spilled: SpilledRows
  private let memory: StageMemory?
  private let make: (Int) throws -> any BatchStream
  private var part = 0
  private var current: (any BatchStream)?
  /// What else goes with the last part.
  private let others: [SpilledRows]

  init(
    _ spilled: SpilledRows, _ others: [SpilledRows], _ memory: StageMemory?,
    make: @escaping (Int) throws -> any BatchStream
  ) {
    self.spilled = spilled
    self.others = others
    self.memory = memory
    self.make = make
  }

  func next() async throws -> Batch? {
    while true {
      if let batch = try await current?.next() { return batch }
      current = nil
      await memory?.giveBack()
      guard part < Gathering.partCount else { break }
      current = try make(part)
      part += 1
    }
    for rows in [spilled] + others { await rows.remove() }
    return nil
  }
}
