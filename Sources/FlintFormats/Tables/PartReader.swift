internal import FlintColumns
internal import FlintCore
internal import FlintFiles

/// Reads a part of a table: the columns of its file, and beside them what its folders say.
actor PartReader: BatchReader {
  /// Where a column comes from.
  enum Source {
    /// From a column of the file.
    case file(Int)
    /// From the name of a folder.
    case folder(String?)
    /// From nowhere: it is null.
    case missing
  }

  nonisolated let schema: Schema
  private let inner: any BatchReader
  private let sources: [Source]
  private let part: FilePart
  private let zone: ZoneRules
  private let memory: ColumnMemory

  init(
    _ inner: any BatchReader, _ sources: [Source], _ schema: Schema, _ part: FilePart, _ zone: ZoneRules,
    _ memory: ColumnMemory
  ) {
    self.inner = inner
    self.sources = sources
    // Whether null is among nested values is told by each file.
    self.schema = Schema(
      zip(sources, schema.fields).map { source, field in
        if case .file(let index) = source { inner.schema.fields[index] } else { field.nullable }
      })
    self.part = part
    self.zone = zone
    self.memory = memory
  }

  func next() async throws -> Batch? {
    guard let batch = try await inner.next() else { return nil }
    let columns = try zip(sources, schema.fields).map { source, field in
      switch source {
      case .file(let index): return batch.columns[index]
      case .folder(let value):
        return try PartitionColumns.vector(
          value, field, count: batch.length, part.split.path, zone, memory)
      case .missing:
        let builder = try memory.builder(field.type, capacity: batch.length)
        for _ in 0..<batch.length { try builder.appendNull() }
        return try builder.finish()
      }
    }
    return Batch(schema, columns, length: batch.length, selection: batch.selection)
  }
}
