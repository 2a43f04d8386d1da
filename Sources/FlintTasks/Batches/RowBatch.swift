/// Some rows of one partition.
public final class RowBatch<Row>: AnyRowBatch {
  /// The rows. Loops take them into a local before they run: a class's property costs a check at each access.
  public var rows: [Row]

  /// A batch with these rows.
  @inlinable
  public init(_ rows: [Row] = []) {
    self.rows = rows
    super.init()
  }

  /// How many rows it has.
  @inlinable
  public override var count: Int { rows.count }
}

extension AnyRowBatch {
  /// The batch as one of `Row`s. Operators of one plan fit one another, so anything else is a programmer's error.
  @inlinable
  public func of<Row>(_: Row.Type = Row.self) -> RowBatch<Row> {
    guard let batch = self as? RowBatch<Row> else {
      preconditionFailure("an operator of \(Row.self) was given a \(type(of: self))")
    }
    return batch
  }
}
