internal import FlintCore
internal import FlintTasks

/// Chooses rows of a batch, and leaves them where they are.
final class FilterStep<Row: Sendable>: BatchStep {
  private let site: OperatorSite
  private let choose: @Sendable (StepRows<Row>, inout [UInt32]) throws -> Int
  private let context: any TaskContext
  private let output: ChosenBatch<Row>
  private var numbers: [UInt32] = []

  init(
    _ site: OperatorSite, _ choose: @escaping @Sendable (StepRows<Row>, inout [UInt32]) throws -> Int,
    _ copy: @escaping (StepRows<Row>, inout [Row]) -> Void, _ context: any TaskContext
  ) {
    self.site = site
    self.choose = choose
    self.context = context
    output = ChosenBatch(copy)
    super.init([site.code])
  }

  override var takesPartialBatches: Bool { true }

  override func run(_ input: AnyRowBatch) throws -> AnyRowBatch {
    site.enter(context)
    let rows = StepRows<Row>.of(input)
    if numbers.count < rows.count { numbers = Array(repeating: 0, count: rows.count) }
    do {
      let count = try choose(rows, &numbers)
      output.fill(StepRows(rows.rows, numbers: numbers, count: count))
    } catch { throw site.failure(error) }
    return output
  }
}

extension StepRows {
  /// The rows that a step is given.
  static func of(_ batch: AnyRowBatch) -> StepRows {
    if let chosen = batch as? ChosenBatch<Row> { return chosen.take() }
    return StepRows(batch.of(Row.self).rows)
  }
}
