internal import FlintColumns
internal import FlintCore

extension Analyser {
  /// A function over a window.
  mutating func window(
    _ call: FunctionCall, _ specification: WindowSpecification, _ origin: Origin, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    guard resolution.allowsWindows else {
      throw origin.error(
        .invalidQuery, "a function over a window cannot stand in \(resolution.clause)",
        remedy: "compute it in a query behind FROM")
    }
    var inner = resolution
    inner.allowsWindows = false
    let window = try complete(specification, origin, resolution)
    let partition = try window.partition.map { (key) throws(FlintError) in try resolve(key, inner) }
    let order = try window.order.map { (order) throws(FlintError) in
      TypedOrder(
        expression: try resolve(order.expression, inner), isDescending: order.isDescending,
        nullsFirst: order.nullsFirst)
    }
    let frame = try self.frame(window.frame, hasOrder: !order.isEmpty, origin)
    let context = context(call.name, origin)
    if WindowFunctions.names.contains(call.name) {
      let operands = try call.arguments.map { (argument) throws(FlintError) in try resolve(argument, inner) }
      if let (function, arguments, type) = try WindowFunctions.function(call, operands, context) {
        let made = WindowCall(
          function: function, arguments: arguments, partition: partition, order: order, frame: frame)
        return TypedExpression(.window(made), type, isNullable: true, origin)
      }
    }
    guard let typed = try aggregate(call, context, inner) else {
      throw origin.error(
        .unknownName, "there is no function \(call.name) over windows",
        remedy: NearestName.find(
          for: call.name, in: (AggregateFunctions.names.union(WindowFunctions.names)).sorted()
        ).map { "did you mean \($0)?" })
    }
    return try overWindow(typed, partition, order, frame)
  }

  /// An aggregate over a window; functions around it stay around it.
  private func overWindow(
    _ typed: TypedExpression, _ partition: [TypedExpression], _ order: [TypedOrder], _ frame: WindowFrame
  ) throws(FlintError) -> TypedExpression {
    try typed.replacing { (part) throws(FlintError) in
      guard case .aggregate(let call) = part.node else { return nil }
      guard !call.isDistinct else {
        throw part.origin.error(.invalidQuery, "DISTINCT is not computed over windows")
      }
      guard call.kind != .collectSet else {
        throw part.origin.error(
          .invalidQuery, "collect_set is not computed over windows", remedy: "group the rows and join with them")
      }
      let made = WindowCall(
        function: .aggregate(call.kind), arguments: call.arguments, partition: partition, order: order, frame: frame)
      return TypedExpression(.window(made), part.type, isNullable: part.isNullable, part.origin)
    }
  }

  /// A window with what the one that it names defines.
  private func complete(
    _ specification: WindowSpecification, _ origin: Origin, _ resolution: Resolution
  ) throws(FlintError) -> WindowSpecification {
    guard let name = specification.base else { return specification }
    guard var window = resolution.windows[name.lowercased()] else {
      throw origin.error(
        .unknownName, "there is no window \(name)",
        remedy: NearestName.find(for: name, in: resolution.windows.keys.sorted()).map { "did you mean \($0)?" })
    }
    if !specification.partition.isEmpty { window.partition = specification.partition }
    if !specification.order.isEmpty { window.order = specification.order }
    if specification.frame != nil { window.frame = specification.frame }
    window.base = nil
    return window
  }

  private func frame(
    _ extent: WindowExtent?, hasOrder: Bool, _ origin: Origin
  ) throws(FlintError) -> WindowFrame {
    guard let extent else { return hasOrder ? .running : .whole }
    if extent.unit == .range {
      switch (extent.start, extent.end) {
      case (.unbounded, .unbounded): return .whole
      case (.unbounded, .current): return hasOrder ? .running : .whole
      case (.current, .unbounded): return WindowFrame(.groups, from: .current, to: .unbounded)
      case (.current, .current): return WindowFrame(.groups, from: .current, to: .current)
      default:
        throw origin.error(
          .invalidQuery, "RANGE counts no distances", remedy: "count rows by ROWS BETWEEN")
      }
    }
    return WindowFrame(
      .rows, from: try bound(extent.start, origin), to: try bound(extent.end, origin))
  }

  private func bound(_ bound: WindowExtent.Bound, _ origin: Origin) throws(FlintError) -> WindowFrame.Bound {
    switch bound {
    case .unbounded: return .unbounded
    case .current: return .current
    case .preceding(let distance): return .preceding(try rows(distance))
    case .following(let distance): return .following(try rows(distance))
    }
  }

  private func rows(_ distance: Expression) throws(FlintError) -> Int {
    guard case .literal(let literal) = distance.node, let number = literal.whole, number >= 0 else {
      throw distance.origin.error(.invalidQuery, "a distance in a window is a whole number")
    }
    return Int(number)
  }

  /// Puts functions over windows below: `rewrite` gives an expression in which their results stand as columns.
  mutating func windowed(
    _ plan: LogicalPlan, _ expressions: [TypedExpression]
  ) -> (plan: LogicalPlan, expressions: [TypedExpression]) {
    var steps: [WindowStep] = []
    var analyser = self
    let rewritten = expressions.map { expression in
      expression.replacing { part in
        guard case .window(let call) = part.node else { return nil }
        let known = steps.firstIndex { $0.partition == call.partition && $0.order == call.order }
        let index = known ?? steps.count
        if known == nil { steps.append(WindowStep(partition: call.partition, order: call.order, functions: [])) }
        if let same = steps[index].functions.first(where: { $0.call == call && $0.type == part.type }) {
          return same.attribute.reference(part.origin)
        }
        let function = WindowStep.Function(id: analyser.column(), call: call, type: part.type)
        steps[index].functions.append(function)
        return function.attribute.reference(part.origin)
      }
    }
    self = analyser
    return (steps.reduce(plan) { .window($1, $0) }, rewritten)
  }
}
