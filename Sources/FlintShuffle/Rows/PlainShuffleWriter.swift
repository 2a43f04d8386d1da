internal import FlintCore
public import FlintTasks

/// Writes every row of a map task as it is to the partition that a function names.
public final class PlainShuffleWriter<Row>: ShuffleWriter {
  private let deal: ([Row], inout [[Row]]) throws -> Void
  private let code: UserCode?

  /// A writer of rows that `deal` adds to the buffers of their partitions, batch by batch, by functions of
  /// `code`.
  public init(
    _ deal: @escaping ([Row], inout [[Row]]) throws -> Void, code: UserCode?
  ) {
    self.deal = deal
    self.code = code
  }

  /// Takes all of `rows`, and gives each to `output`.
  public func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws {
    let sink = try ShuffleBlockWriter<Row>(output)
    let memory = TaskMemory(context)
    var buffers = [[Row]](repeating: [], count: sink.partitionCount)
    var held = 0
    while let batch = try await rows.next() {
      try context.checkCancellation()
      let needed = (held + batch.count) * sink.weight.bytes
      if try await !memory.grow(to: needed, spillable: held == 0 ? 0 : memory.held) {
        held -= try await flush(&buffers, to: sink, least: 1)
        await memory.shrink()
        _ = try await memory.grow(to: batch.count * sink.weight.bytes, spillable: 0)
      }
      code?.enter(context)
      do { try deal(batch.of(Row.self).rows, &buffers) } catch { throw code?.failure(error) ?? error }
      held += batch.count
      held -= try await flush(&buffers, to: sink, least: sink.rowsPerBlock)
    }
    _ = try await flush(&buffers, to: sink, least: 1)
    await memory.shrink()
  }

  /// Writes the buffers that have `least` rows, and returns how many rows that were.
  private func flush(_ buffers: inout [[Row]], to sink: ShuffleBlockWriter<Row>, least: Int) async throws -> Int {
    var count = 0
    for partition in buffers.indices where buffers[partition].count >= least {
      count += buffers[partition].count
      try await sink.append(buffers[partition], to: partition)
      buffers[partition].removeAll(keepingCapacity: true)
    }
    return count
  }
}
