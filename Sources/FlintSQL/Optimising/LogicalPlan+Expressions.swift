extension LogicalPlan {
  /// What it computes itself, in a fixed order.
  var expressions: [TypedExpression] {
    switch self {
    case .scan, .values, .union, .limit, .sample: []
    case .project(let items, _): items.map(\.expression)
    case .filter(let condition, _): [condition]
    case .aggregate(let aggregation, _):
      aggregation.keys.map(\.expression) + aggregation.calls.flatMap(\.call.arguments)
    case .join(let join): join.condition.map { [$0] } ?? []
    case .sort(let orders, _): orders.map(\.expression)
    case .window(let step, _):
      step.partition + step.order.map(\.expression) + step.functions.flatMap(\.call.arguments)
    case .generate(let generation, _): [generation.input]
    case .repartition(_, let keys, _): keys
    }
  }

  /// The same with other expressions, as many as it has.
  func with(expressions: [TypedExpression]) -> LogicalPlan {
    var rest = expressions[...]
    func next(_ count: Int) -> [TypedExpression] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    switch self {
    case .scan, .values, .union, .limit, .sample: return self
    case .project(let items, let child):
      return .project(zip(items, expressions).map { NamedExpression($0.id, $0.name, $1) }, child)
    case .filter(_, let child): return .filter(expressions[0], child)
    case .aggregate(let aggregation, let child):
      let keys = zip(aggregation.keys, next(aggregation.keys.count)).map { NamedExpression($0.id, $0.name, $1) }
      let calls = aggregation.calls.map { call in
        var call = call
        call.call.arguments = next(call.call.arguments.count)
        return call
      }
      return .aggregate(Aggregation(keys: keys, calls: calls), child)
    case .join(var join):
      if join.condition != nil { join.condition = expressions[0] }
      return .join(join)
    case .sort(let orders, let child): return .sort(zip(orders, expressions).map { $0.with($1) }, child)
    case .window(let step, let child):
      let partition = next(step.partition.count)
      let order = zip(step.order, next(step.order.count)).map { $0.with($1) }
      let functions = step.functions.map { function in
        var call = function.call
        call.arguments = next(call.arguments.count)
        call.partition = partition
        call.order = order
        return WindowStep.Function(id: function.id, call: call, type: function.type)
      }
      return .window(WindowStep(partition: partition, order: order, functions: functions), child)
    case .generate(let generation, let child):
      return .generate(
        Generation(
          kind: generation.kind, input: expressions[0], isOuter: generation.isOuter, columns: generation.columns),
        child)
    case .repartition(let count, _, let child): return .repartition(count: count, by: expressions, child)
    }
  }
}
