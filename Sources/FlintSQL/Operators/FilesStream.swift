internal import FlintColumns
internal import FlintCore
internal import FlintFormats
internal import FlintTasks

/// The rows of parts of files, one after another.
final class FilesStream: BatchStream {
  private let scan: TableScan
  private let table: FileTable
  private let files: any FileSystem
  private let limits: Limits
  private let kernels: Kernels
  private let counters: TaskCounters?
  private var rest: ArraySlice<FilePart>
  private var reader: (any BatchReader)?

  init(
    _ scan: TableScan, _ table: FileTable, _ parts: [FilePart], _ files: any FileSystem, _ limits: Limits,
    _ kernels: Kernels, _ counters: TaskCounters?
  ) {
    self.scan = scan
    self.table = table
    self.files = files
    self.limits = limits
    self.kernels = kernels
    self.counters = counters
    rest = parts[...]
  }

  func next() async throws -> Batch? {
    while true {
      if let batch = try await reader?.next() {
        counters?.count { $0.rowsRead += UInt64(batch.rowCount) }
        return try typed(batch)
      }
      guard let part = rest.popFirst() else { return nil }
      reader = try await table.reader(
        part, columns: scan.columns.map(\.name), filters: scan.filters, zone: kernels.zone, files, limits: limits,
        memory: kernels.memory)
    }
  }

  /// The columns as the plan has them: whether null is among nested values, each file says by itself.
  private func typed(_ batch: Batch) throws(FlintError) -> Batch {
    var columns: [Vector] = []
    for (column, vector) in zip(scan.columns, batch.columns) {
      columns.append(try kernels.cast(vector, to: column.type))
    }
    return Batch(scan.columns.schema, columns, length: batch.length, selection: batch.selection)
  }
}
