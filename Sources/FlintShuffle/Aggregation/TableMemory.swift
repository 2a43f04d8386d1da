internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// The memory of an aggregation table: what it takes, and whether more may be merged.
final class TableMemory<Key: Hashable, Value> {
  typealias Table = AggregationTable<Key, Value>

  /// How much memory the entries take, as far as it was seen.
  private(set) var weight = RowWeight(of: (Key, Value).self)
  private let kernel: AggregationKernel<Key, Value>
  private let memory: TaskMemory
  /// Whether values grow with every row, as lists do.
  private let retainsRows: Bool
  /// What the rows take that are in the values.
  private var retained = 0
  /// How many keys there were when entries were weighed.
  private var weighedCount = 0

  init(_ kernel: AggregationKernel<Key, Value>, retainsRows: Bool, context: any TaskContext) {
    self.kernel = kernel
    self.retainsRows = retainsRows
    memory = TaskMemory(context)
  }

  /// Whether `count` more rows of `rowBytes` each may be merged; if not, the table is to be written out first. Throws
  /// `memory-budget-exceeded` when the table is empty and still too large.
  func hasRoom(for count: Int, rowBytes: Int, in table: Table) async throws -> Bool {
    weigh(table)
    var needed = table.size(adding: count)
    if retainsRows {
      // Arrays grow ahead of what is in them, and become bytes when they are written out.
      needed += retained + 2 * count * rowBytes
    } else {
      needed += (table.count + count) * weight.payload
    }
    guard try await memory.grow(to: needed, spillable: table.count == 0 ? 0 : memory.held) else { return false }
    if retainsRows { retained += 2 * count * rowBytes }
    return true
  }

  /// The table is empty again.
  func release() async {
    retained = 0
    weighedCount = 0
    await memory.shrink()
  }

  /// Weighs a few entries each time that there are twice as many.
  private func weigh(_ table: Table) {
    guard !retainsRows, !weight.isPlain, table.count > weighedCount * 2 else { return }
    weighedCount = table.count
    let step = max(1, table.count / 64)
    let numbers = stride(from: 0, to: table.count, by: step).map { UInt32(truncatingIfNeeded: $0) }
    var rows: [(Key, Value)] = []
    kernel.gather(table, numbers[...], &rows)
    guard let block = try? RowBlock.encode(rows, form: .columns) else { return }
    weight.learn(count: rows.count, size: block.count)
  }
}
