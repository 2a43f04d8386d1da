internal import FlintColumns
internal import FlintCore

/// An expression that is ready to be computed over batches: columns are found by their numbers, constants are vectors,
/// patterns are read. It belongs to one task.
struct Computation {
  /// What it gives.
  let type: DataType
  let step: Step

  /// Computes the rows of a frame. The result has a value for each of them, or is one value for all.
  typealias Step = (Frame) throws(FlintError) -> Operand

  /// The rows of which something is computed.
  struct Frame {
    let columns: [Vector]
    /// How many values each column has.
    let length: Int
    /// The rows that count: only they may fail.
    let rows: Selection?

    func selecting(_ rows: Selection?) -> Frame { Frame(columns: columns, length: length, rows: rows) }
  }

  /// The values of all rows of a batch, also of those that do not count.
  func vector(_ batch: Batch, _ kernels: Kernels) throws(FlintError) -> Vector {
    let operand = try step(Frame(columns: batch.columns, length: batch.length, rows: batch.selection))
    return try kernels.spread(operand, batch.length).vector
  }

  /// The rows of a batch for which a condition is true.
  func selection(_ batch: Batch, _ kernels: Kernels) throws(FlintError) -> Selection {
    try kernels.selection(of: try vector(batch, kernels), within: batch.selection)
  }
}
