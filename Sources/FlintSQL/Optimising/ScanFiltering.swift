internal import FlintColumns
internal import FlintFormats

/// Gives scans the conditions by which they leave rows out themselves.
enum ScanFiltering {
  static func filtered(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewritten { plan in
      guard case .filter(let condition, .scan(var scan)) = plan else { return plan }
      let folders = scan.table.folderColumns
      var rest: TypedExpression?
      for part in condition.conjuncts {
        let names = part.columns.compactMap { id in scan.columns.first { $0.id == id }?.name }
        if !names.isEmpty, names.allSatisfy(folders.contains) {
          scan.partitionFilter = TypedExpression.both(scan.partitionFilter, part)
        } else if scan.table.takesFilters, let filter = filter(part), !folders.contains(filter.column) {
          scan.filters.append(filter)
        } else {
          rest = TypedExpression.both(rest, part)
        }
      }
      return rest.map { .filter($0, .scan(scan)) } ?? .scan(scan)
    }
  }

  /// The condition as a reader of files knows it; nil when it knows no such condition.
  private static func filter(_ part: TypedExpression) -> ParquetFilter? {
    switch part.node {
    case .call(.compare(let kind), let operands):
      guard case .column(_, let name) = operands[0].node, let literal = operands[1].literal,
        operands[0].type == operands[1].type, let value = value(literal)
      else { return nil }
      return ParquetFilter(name, kind.condition(value))
    case .call(.isNull, let operands):
      guard case .column(_, let name) = operands[0].node, !operands[0].type.isNested else { return nil }
      return ParquetFilter(name, .isNull)
    case .call(.isNotNull, let operands):
      guard case .column(_, let name) = operands[0].node, !operands[0].type.isNested else { return nil }
      return ParquetFilter(name, .isNotNull)
    case .isIn(let operand, let literals):
      guard case .column(_, let name) = operand.node else { return nil }
      let values = literals.compactMap(value)
      return values.count == literals.count ? ParquetFilter(name, .isIn(values)) : nil
    default: return nil
    }
  }

  private static func value(_ literal: Literal) -> ParquetFilter.Value? {
    switch literal {
    case .boolean(let value): .boolean(value)
    case .int8(let value): .integer(Int128(value))
    case .int16(let value): .integer(Int128(value))
    case .int32(let value): .integer(Int128(value))
    case .int64(let value): .integer(Int128(value))
    case .decimal(let value, _, _): .integer(value)
    case .date(let value): .integer(Int128(value))
    case .timestamp(let value): .integer(Int128(value))
    case .float(let value): .double(Double(value))
    case .double(let value): .double(value)
    case .string(let value): .bytes(Array(value.utf8))
    case .binary(let value): .bytes(value)
    case .null, .interval, .list, .structure, .map: nil
    }
  }
}

extension ComparisonOperator {
  fileprivate func condition(_ value: ParquetFilter.Value) -> ParquetFilter.Condition {
    switch self {
    case .equal: .equal(value)
    case .notEqual: .notEqual(value)
    case .less: .less(value)
    case .lessOrEqual: .lessOrEqual(value)
    case .greater: .greater(value)
    case .greaterOrEqual: .greaterOrEqual(value)
    }
  }
}
