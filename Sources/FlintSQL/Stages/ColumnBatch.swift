internal import FlintColumns
internal import FlintTasks

/// Rows as columns, as the engine passes them on.
final class ColumnBatch: AnyRowBatch {
  let batch: Batch

  init(_ batch: Batch) {
    self.batch = batch
    super.init()
  }

  override var count: Int { batch.rowCount }
}

extension AnyRowBatch {
  /// The rows, which operators of data frames give and take.
  var columns: Batch {
    guard let batch = self as? ColumnBatch else {
      preconditionFailure("an operator of columns was given a \(type(of: self))")
    }
    return batch.batch
  }
}
