internal import FlintTasks

/// A batch of which some rows were chosen. It never leaves the chain of steps that it was made in.
final class ChosenBatch<Row>: AnyRowBatch, PartialBatch {
  private var rows = StepRows<Row>()
  private let copy: (StepRows<Row>, inout [Row]) -> Void
  private let whole = RowBatch<Row>()

  init(_ copy: @escaping (StepRows<Row>, inout [Row]) -> Void) {
    self.copy = copy
    super.init()
  }

  override var count: Int { rows.count }

  func fill(_ rows: StepRows<Row>) {
    self.rows = rows
  }

  /// Gives the rows away: whoever made them fills the same memory again once they are used.
  func take() -> StepRows<Row> {
    defer { rows = StepRows() }
    return rows
  }

  func makeWhole() -> AnyRowBatch {
    copy(take(), &whole.rows)
    return whole
  }
}

/// A batch that must be copied before it may leave its chain.
protocol PartialBatch: AnyRowBatch {
  /// The chosen rows alone.
  func makeWhole() -> AnyRowBatch
}
