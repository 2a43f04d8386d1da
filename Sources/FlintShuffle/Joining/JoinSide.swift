internal import FlintCore
internal import FlintTasks

/// One side of a join on its way to disk: rows in parts by the hash of their keys.
final class JoinSide<Key: Hashable, Value> {
  typealias Row = (Key, Value)

  let parts: SpilledParts<Row>
  private let deal: ([Row], inout [[Row]]) -> Void
  private var buffers: [[Row]]

  init(_ deal: @escaping ([Row], inout [[Row]]) -> Void, file: any SpillFile) throws {
    self.deal = deal
    parts = try SpilledParts(level: 0, file: file)
    buffers = Array(repeating: [], count: SpillLimits.partCount)
  }

  func append(_ rows: [Row]) async throws {
    deal(rows, &buffers)
    // A quarter of the usual size: there is a buffer for each part, and memory is short.
    try await flush(least: max(1, parts.rowsPerBlock / 4))
  }

  func finish() async throws {
    try await flush(least: 1)
    buffers = []
  }

  private func flush(least: Int) async throws {
    for part in buffers.indices where buffers[part].count >= least {
      try await parts.append(buffers[part], to: part)
      buffers[part].removeAll(keepingCapacity: true)
    }
  }
}
