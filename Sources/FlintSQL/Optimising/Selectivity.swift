internal import FlintColumns
internal import FlintFormats

/// The shares of rows that meet conditions.
enum Selectivity {
  /// Of a condition of which nothing is known.
  static let unknown = 0.3
  /// Of a condition on texts, or one value of an unknown number.
  static let rare = 0.1

  /// The share of a column's values that are less than `value`; nil when it is not known.
  static func below(_ value: Double, _ column: TableStatistics.Column) -> Double? {
    guard let least = column.least, let greatest = column.greatest, least.isFinite, greatest.isFinite else {
      return nil
    }
    if greatest <= least { return value > least ? 1 : 0 }
    return min(1, max(0, (value - least) / (greatest - least)))
  }
}

extension Estimate {
  /// Leaves the rows that meet a condition of a query.
  mutating func meet(_ condition: TypedExpression) {
    keep(share(condition))
    guard case .call(.compare(let kind), let operands) = condition.node, case .column(let id, _) = operands[0].node
    else { return }
    narrow(id, kind, operands[1].literal?.figure)
  }

  /// Leaves the rows that meet a condition of a scan.
  mutating func meet(_ condition: ParquetFilter.Condition, _ column: ColumnID) {
    let known = columns[column] ?? TableStatistics.Column()
    switch condition {
    case .isIn(let values):
      keep(equalShare(values.count, known))
      columns[column]?.distinctCount = min(known.distinctCount, Double(values.count))
    case .isNull: keep(Selectivity.rare)
    case .isNotNull: break
    case .equal(let value): meet(.equal, value.figure, column, known)
    case .notEqual(let value): meet(.notEqual, value.figure, column, known)
    case .less(let value): meet(.less, value.figure, column, known)
    case .lessOrEqual(let value): meet(.lessOrEqual, value.figure, column, known)
    case .greater(let value): meet(.greater, value.figure, column, known)
    case .greaterOrEqual(let value): meet(.greaterOrEqual, value.figure, column, known)
    }
  }

  private mutating func meet(
    _ kind: ComparisonOperator, _ value: Double?, _ id: ColumnID, _ column: TableStatistics.Column
  ) {
    keep(share(kind, value, column))
    narrow(id, kind, value)
  }

  /// A column has no values outside of what was demanded any more.
  private mutating func narrow(_ id: ColumnID, _ kind: ComparisonOperator, _ value: Double?) {
    switch kind {
    case .equal: columns[id]?.distinctCount = 1
    case .notEqual: break
    case .less, .lessOrEqual: if let value, columns[id]?.greatest != nil { columns[id]?.greatest = value }
    case .greater, .greaterOrEqual: if let value, columns[id]?.least != nil { columns[id]?.least = value }
    }
  }

  private func share(_ kind: ComparisonOperator, _ value: Double?, _ column: TableStatistics.Column) -> Double {
    switch kind {
    case .equal: return equalShare(1, column)
    case .notEqual: return 1 - equalShare(1, column)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let value, let below = Selectivity.below(value, column) else { return Selectivity.unknown }
      return kind == .less || kind == .lessOrEqual ? below : 1 - below
    }
  }

  private func equalShare(_ count: Int, _ column: TableStatistics.Column) -> Double {
    let distinct = min(column.distinctCount, base)
    return column.distinctCount.isFinite
      ? min(1, Double(count) / max(1, distinct)) : min(1, Selectivity.rare * Double(count))
  }

  private func share(_ condition: TypedExpression) -> Double {
    switch condition.node {
    case .literal(.boolean(let value)): return value ? 1 : 0
    case .isIn(let operand, let values): return equalShare(values.count, column(operand))
    case .call(let function, let operands):
      switch function {
      case .and: return operands.reduce(1) { $0 * share($1) }
      case .or: return 1 - operands.reduce(1) { $0 * (1 - share($1)) }
      case .not: return 1 - share(operands[0])
      case .isNull: return Selectivity.rare
      case .isNotNull: return 1
      case .like, .hasPrefix, .hasSuffix, .contains, .matches: return Selectivity.rare
      case .compare(let kind): return share(kind, operands[0], operands[1])
      default: return Selectivity.unknown
      }
    default: return Selectivity.unknown
    }
  }

  private func share(_ kind: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression) -> Double {
    if kind == .equal, right.literal == nil { return 1 / max(1, distinctCount(left), distinctCount(right)) }
    return share(kind, right.literal?.figure, column(left))
  }

  private func column(_ expression: TypedExpression) -> TableStatistics.Column {
    guard case .column(let id, _) = expression.node else { return TableStatistics.Column() }
    return columns[id] ?? TableStatistics.Column()
  }
}

extension ParquetFilter.Value {
  fileprivate var figure: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .boolean, .bytes: nil
    }
  }
}

extension Literal {
  fileprivate var figure: Double? {
    switch self {
    case .decimal(let value, _, _): Double(value)
    case .date(let value): Double(value)
    case .timestamp(let value): Double(value)
    default: number
    }
  }
}
