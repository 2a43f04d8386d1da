/// Numbers the columns of plans anew, in the order in which they are met, and takes their names and origins from all but scans,
/// so that plans that compute the same are the same: each use of a view has columns with numbers of its own.
struct ColumnNumbering {
  private var numbers: [ColumnID: ColumnID] = [:]
  /// Whether what was numbered gives the same rows each time: of a function of the program nobody knows.
  private(set) var isRepeatable = true

  mutating func number(_ plan: LogicalPlan) -> LogicalPlan {
    let inner = plan.with(plan.children.map { number($0) })
    let whole = inner.with(expressions: inner.expressions.map { number($0) })
    switch whole {
    case .filter, .sort, .limit, .repartition, .sample: return whole
    case .scan(var scan):
      scan.columns = scan.columns.map { number($0, name: $0.name) }
      scan.partitionFilter = scan.partitionFilter.map { number($0) }
      return .scan(scan)
    case .values(let columns, let rows): return .values(columns.map { number($0) }, rows)
    case .project(let items, let child): return .project(items.map { number($0) }, child)
    case .aggregate(let aggregation, let child): return .aggregate(named(aggregation), child)
    case .join(var join):
      join.kept = join.kept?.map { number($0) }
      return .join(join)
    case .union(let columns, let children): return .union(columns.map { number($0) }, children)
    case .window(var step, let child):
      step.functions = step.functions.map {
        WindowStep.Function(id: number($0.id), call: $0.call, type: $0.type)
      }
      return .window(step, child)
    case .generate(let generation, let child):
      return .generate(
        Generation(
          kind: generation.kind, input: generation.input, isOuter: generation.isOuter,
          columns: generation.columns.map { number($0) }),
        child)
    }
  }

  mutating func number(_ aggregation: Aggregation) -> Aggregation {
    guard case .aggregate(let numbered, _) = number(.aggregate(aggregation, .values([], []))) else {
      preconditionFailure("an aggregation became something else")
    }
    return numbered
  }

  mutating func number(_ expression: TypedExpression) -> TypedExpression {
    if case .column(let id, _) = expression.node {
      return TypedExpression(.column(number(id), ""), expression.type, isNullable: expression.isNullable)
    }
    if case .call(let function, _) = expression.node, !function.isDeterministic { isRepeatable = false }
    let inner = expression.with(expression.children.map { number($0) })
    return TypedExpression(inner.node, inner.type, isNullable: inner.isNullable)
  }

  private mutating func number(_ id: ColumnID) -> ColumnID {
    if let known = numbers[id] { return known }
    let next = ColumnID(number: numbers.count)
    numbers[id] = next
    return next
  }

  private mutating func number(_ column: Attribute, name: String = "") -> Attribute {
    Attribute(id: number(column.id), name: name, type: column.type, isNullable: column.isNullable)
  }

  private mutating func number(_ item: NamedExpression) -> NamedExpression {
    NamedExpression(number(item.id), "", item.expression)
  }

  /// The aggregation, whose expressions are numbered, with numbers for its own columns.
  private mutating func named(_ aggregation: Aggregation) -> Aggregation {
    Aggregation(
      keys: aggregation.keys.map { number($0) },
      calls: aggregation.calls.map { Aggregation.Call(id: number($0.id), call: $0.call) })
  }
}
