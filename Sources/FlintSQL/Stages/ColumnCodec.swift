internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// How the engine keeps and sends batches of columns.
struct ColumnCodec: BatchCodec {
  let schema: Schema
  let kernels: Kernels

  func encode(_ batch: AnyRowBatch) throws -> [UInt8] { try BatchBlock.encode(batch.columns, kernels) }

  func decode(_ block: [UInt8]) throws -> AnyRowBatch {
    ColumnBatch(try BatchBlock.decode(block, schema, kernels.memory))
  }

  func keep(_ batch: AnyRowBatch) throws -> (any KeptBatch)? {
    KeptColumns(rows: try kernels.compact(batch.columns), kernels: kernels)
  }
}

/// Columns that are kept as they are: they never change.
private struct KeptColumns: KeptBatch {
  let rows: Batch
  let kernels: Kernels

  var byteCount: Int { rows.columns.reduce(0) { $0 + BatchBlockWriter.size(of: $1) } }

  func batch() -> AnyRowBatch { ColumnBatch(rows) }

  func encoded() throws -> [UInt8] { try BatchBlock.encode(rows, kernels) }
}
