internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// How the rows of a stage find their partitions.
enum Dealing: Sendable {
  /// By a hash of these values of each row.
  case hash([TypedExpression])
  /// By a hash of the first columns, as many as this.
  case firstColumns(Int)
  /// By the ranges of an order that begin with the keys of a block; with no block there is one range.
  case ranges([TypedOrder], bounds: [UInt8])
  /// Batch by batch in turn, and so one partition for all where there is one.
  case inTurn
}

extension Dealing {
  /// What must be computed of each row.
  var expressions: [TypedExpression]? {
    switch self {
    case .hash(let keys): keys
    case .ranges(let orders, _): orders.map(\.expression)
    case .firstColumns, .inTurn: nil
    }
  }

  /// The first keys of ranges.
  func bounds(_ kernels: Kernels) throws(FlintError) -> Batch? {
    guard case .ranges(let orders, let block) = self, !block.isEmpty else { return nil }
    return try BatchBlock.decode(block, Schema(orders.map(\.expression.type)), kernels.memory)
  }
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
    let (kernels, zones) = try await settings.load(StageMemory(context).columns, context.files)
    var keys: [Computation] = []
    if let expressions = dealing.expressions {
      let compiler = Compiler(columns, kernels, zones: zones)
      keys = try expressions.map { (expression) throws(FlintError) in try compiler.compile(expression) }
    }
    let bounds = try dealing.bounds(kernels)
    var parts = DealtRows(output, kernels, limit: min(Self.largest, Int(context.memoryLimit.bytes) / 8))
    var turn = Int(truncatingIfNeeded: context.attempt.task.partition.rawValue)
    while let next = try await rows.next() {
      let batch = next.columns
      guard batch.rowCount > 0 else { continue }
      if output.partitionCount == 1 {
        try await parts.append(batch, to: 0)
        continue
      }
      let values: [Vector]
      switch dealing {
      case .hash, .ranges: values = try keys.map { try $0.vector(batch, kernels) }
      case .firstColumns(let count): values = Array(batch.columns[..<count])
      case .inTurn:
        turn = (turn + 1) % output.partitionCount
        try await parts.append(batch, to: turn)
        continue
      }
      let dealt = try deal(batch, values, output.partitionCount, bounds, kernels)
      for (part, rows) in dealt.enumerated() where rows.length > 0 { try await parts.append(rows, to: part) }
    }
    try await parts.writeAll()
  }

  /// Bytes that wait to be written at most, unless the executor has less to give.
  private static let largest = 64 << 20

  private func deal(
    _ batch: Batch, _ values: [Vector], _ parts: Int, _ bounds: Batch?, _ kernels: Kernels
  ) throws(FlintError) -> [Batch] {
    let marked = Batch(
      Schema(batch.schema.fields + values.enumerated().map { Field("key\($0)", $1.type) }), batch.columns + values,
      length: batch.length, selection: batch.selection)
    let whole = try kernels.compact(marked)
    let keys = Array(whole.columns[batch.columns.count...])
    let rows = Batch(batch.schema, Array(whole.columns[..<batch.columns.count]), length: whole.length)
    var numbers: [RowNumbers]
    if case .ranges(let orders, _) = dealing {
      numbers = try kernels.deal(keys, count: whole.length, bounds: bounds?.columns ?? [], by: orders.sortKeys)
    } else {
      numbers = try kernels.deal(keys, count: whole.length, parts: parts)
    }
    return try numbers.map { (part) throws(FlintError) in try kernels.take(rows, part) }
  }
}

/// Rows on their way to the partitions of an output, which are written when there are enough.
private struct DealtRows {
  private let output: any ShuffleOutput
  private let kernels: Kernels
  private let limit: Int
  private var pending: [PendingRows]
  private var size = 0

  init(_ output: any ShuffleOutput, _ kernels: Kernels, limit: Int) {
    self.output = output
    self.kernels = kernels
    self.limit = limit
    pending = Array(repeating: PendingRows(), count: output.partitionCount)
  }

  mutating func append(_ rows: Batch, to part: Int) async throws {
    pending[part].append(rows)
    size += rows.byteCount
    if pending[part].isFull { try await write(part) }
    // Many partitions have little each.
    if size > limit { try await writeAll() }
  }

  mutating func writeAll() async throws {
    for part in pending.indices { try await write(part) }
  }

  private mutating func write(_ part: Int) async throws {
    size -= pending[part].byteCount
    guard let rows = try pending[part].take(kernels) else { return }
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
