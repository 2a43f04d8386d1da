internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// How the rows of a stage find their partitions.
enum Dealing: Sendable {
  /// By a hash of these values of each row.
  case hash([TypedExpression])
  /// By a hash of the first columns, as many as this.
  case firstColumns(Int)
  /// Batch by batch in turn, and so one partition for all where there is one.
  case inTurn
}

/// Deals the rows of a map task to the readers of an exchange.
final class DealingWriter: ShuffleWriter {
  private let dealing: Dealing
  private let columns: [Attribute]
  private let settings: ComputingSettings

  /// - Parameter columns: those of the rows, in which the values are looked for by which they are dealt.
  init(_ dealing: Dealing, _ columns: [Attribute], _ settings: ComputingSettings) {
    self.dealing = dealing
    self.columns = columns
    self.settings = settings
  }

  func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws {
    let (kernels, zones) = try await settings.load(StageOperator.memory(), context.files)
    var keys: [Computation] = []
    if case .hash(let expressions) = dealing {
      let compiler = Compiler(columns, kernels, zones: zones)
      keys = try expressions.map { (expression) throws(FlintError) in try compiler.compile(expression) }
    }
    var pending = [PendingRows](repeating: PendingRows(), count: output.partitionCount)
    var turn = Int(truncatingIfNeeded: context.attempt.task.partition.rawValue)
    while let next = try await rows.next() {
      let batch = next.columns
      guard batch.rowCount > 0 else { continue }
      if output.partitionCount == 1 {
        pending[0].append(batch)
        if pending[0].isFull { try await pending[0].write(to: 0, output, kernels) }
        continue
      }
      let values: [Vector]
      switch dealing {
      case .hash: values = try keys.map { try $0.vector(batch, kernels) }
      case .firstColumns(let count): values = Array(batch.columns[..<count])
      case .inTurn:
        turn = (turn + 1) % output.partitionCount
        pending[turn].append(batch)
        if pending[turn].isFull { try await pending[turn].write(to: turn, output, kernels) }
        continue
      }
      let dealt = try deal(batch, values, output.partitionCount, kernels)
      for (part, rows) in dealt.enumerated() where rows.length > 0 {
        pending[part].append(rows)
        if pending[part].isFull { try await pending[part].write(to: part, output, kernels) }
      }
    }
    for part in pending.indices { try await pending[part].write(to: part, output, kernels) }
  }

  private func deal(
    _ batch: Batch, _ values: [Vector], _ parts: Int, _ kernels: Kernels
  ) throws(FlintError) -> [Batch] {
    let marked = Batch(
      Schema(batch.schema.fields + values.enumerated().map { Field("key\($0)", $1.type) }), batch.columns + values,
      length: batch.length, selection: batch.selection)
    let whole = try kernels.compact(marked)
    let keys = Array(whole.columns[batch.columns.count...])
    let rows = Batch(batch.schema, Array(whole.columns[..<batch.columns.count]), length: whole.length)
    var dealt: [Batch] = []
    for part in try kernels.deal(keys, count: whole.length, parts: parts) {
      dealt.append(try kernels.take(rows, part))
    }
    return dealt
  }
}

/// Rows of one partition that are not written yet.
private struct PendingRows {
  private var batches: [Batch] = []
  private var rowCount = 0

  var isFull: Bool { rowCount >= BatchesStream.size }

  mutating func append(_ batch: Batch) {
    batches.append(batch)
    rowCount += batch.rowCount
  }

  mutating func write(to part: Int, _ output: any ShuffleOutput, _ kernels: Kernels) async throws {
    guard let schema = batches.first?.schema else { return }
    let rows = try kernels.concatenate(batches, schema)
    batches = []
    rowCount = 0
    let block = try BatchBlock.encode(rows, kernels)
    // The sum does not depend on the order of rows, as long as rows that are equal have equal numbers.
    let hashes = try kernels.hash(rows.columns, count: rows.length)
    let words = hashes.pointer(to: UInt64.self)
    var sum: UInt64 = 0
    for row in 0..<rows.length { sum &+= words[row] }
    withExtendedLifetime(hashes) {}
    try await output.append(block, rowCount: rows.length, checksum: sum, to: part)
  }
}
