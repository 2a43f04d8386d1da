internal import FlintColumns
internal import FlintCore

extension Compiler {
  func call(
    _ function: ScalarFunction, _ operands: [TypedExpression], _ type: DataType
  ) throws(FlintError) -> Computation.Step {
    if case .user(let function) = function { return try userCall(function, operands) }
    if let step = try numberCall(function, operands, type) { return step }
    if let step = try logicCall(function, operands) { return step }
    if let step = try textCall(function, operands) { return step }
    if let step = try timeCall(function, operands) { return step }
    guard let step = try nestedCall(function, operands, type) else {
      preconditionFailure("\(function) is not computed")
    }
    return step
  }

  // MARK: Numbers.

  private func numberCall(
    _ function: ScalarFunction, _ operands: [TypedExpression], _ type: DataType
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .arithmetic(let kind):
      return try binary(operands) { (left, right, rows) throws(FlintError) in
        try kernels.compute(kind, left, right, rows: rows)
      }
    case .negate:
      return try unary(operands[0], within: true) { (vector, rows) throws(FlintError) in
        try kernels.negate(.vector(vector), rows: rows)
      }
    case .absolute:
      return try unary(operands[0], within: true) { (vector, rows) throws(FlintError) in
        try kernels.absolute(.vector(vector), rows: rows)
      }
    case .math(let kind):
      return try unary(operands[0]) { (vector, _) throws(FlintError) in try kernels.compute(kind, of: vector) }
    case .power:
      return try binary(operands) { (base, exponent, _) throws(FlintError) in try kernels.power(base, exponent) }
    case .arcTangent: return try binary(operands) { (y, x, _) throws(FlintError) in try kernels.arcTangent(y, x) }
    case .hypotenuse: return try binary(operands) { (x, y, _) throws(FlintError) in try kernels.hypotenuse(x, y) }
    case .round(let digits):
      return try unary(operands[0], within: true) { (vector, rows) throws(FlintError) in
        try kernels.round(vector, digits: digits, rows: rows)
      }
    case .floor, .ceiling:
      let isUp = function == .ceiling
      return try unary(operands[0]) { (vector, _) throws(FlintError) in try kernels.floor(vector, isUp: isUp) }
    case .greatest, .least:
      let isLeast = function == .least
      return try several(operands) { (values, _) throws(FlintError) in try kernels.extreme(values, isLeast: isLeast) }
    default: return nil
    }
  }

  // MARK: Comparisons and logic.

  private func logicCall(
    _ function: ScalarFunction, _ operands: [TypedExpression]
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .compare(let kind):
      return try binary(operands) { (left, right, _) throws(FlintError) in try kernels.compare(kind, left, right) }
    case .same:
      return try binary(operands) { (left, right, _) throws(FlintError) in try kernels.isSame(left, right) }
    case .and, .or: return try shortcut(isAnd: function == .and, operands)
    case .not: return try unary(operands[0]) { (vector, _) throws(FlintError) in try kernels.not(.vector(vector)) }
    case .isNull:
      return try unary(operands[0]) { (vector, _) throws(FlintError) in try kernels.isNull(.vector(vector)) }
    case .isNotNull:
      return try unary(operands[0]) { (vector, _) throws(FlintError) in try kernels.isNotNull(.vector(vector)) }
    case .isNaN:
      return try unary(operands[0]) { (vector, _) throws(FlintError) in
        let values = vector.pointer(to: Double.self)
        return try kernels.booleans(vector.count, validity: vector.validity) { values[$0].isNaN }
      }
    case .coalesce: return try coalesce(operands)
    default: return nil
    }
  }

  /// What would fail is computed only for rows that the left side has not decided.
  private func shortcut(isAnd: Bool, _ operands: [TypedExpression]) throws(FlintError) -> Computation.Step {
    let first = try compile(operands[0]).step
    let second = try compile(operands[1]).step
    let narrows = operands[1].mayFail
    let kernels = kernels
    return { (frame) throws(FlintError) in
      let left = try first(frame)
      var rest = frame
      if narrows {
        let known = try kernels.spread(left, frame.length)
        let deciding = Operand.constant(try Literal.boolean(!isAnd).vector(.boolean, kernels.memory))
        let isOpen = try kernels.not(.vector(try kernels.isSame(known, deciding)))
        rest = frame.selecting(try kernels.selection(of: isOpen, within: frame.rows))
      }
      let right = try second(rest)
      let result = isAnd ? try kernels.and(left, right) : try kernels.or(left, right)
      return left.isConstant && right.isConstant ? .constant(result) : .vector(result)
    }
  }

  private func coalesce(_ operands: [TypedExpression]) throws(FlintError) -> Computation.Step {
    let steps = try operands.map { (operand) throws(FlintError) in try compile(operand).step }
    let narrows = operands.dropFirst().contains(where: \.mayFail)
    let kernels = kernels
    return { (frame) throws(FlintError) in
      var rest = frame
      var values: [Operand] = []
      for step in steps {
        let value = try step(rest)
        values.append(value)
        if narrows {
          let isNull = try kernels.isNull(try kernels.spread(value, frame.length))
          rest = rest.selecting(try kernels.selection(of: isNull, within: rest.rows))
        }
      }
      if values.allSatisfy(\.isConstant) { return .constant(try kernels.coalesce(values)) }
      let spread = try values.map { (value) throws(FlintError) in try kernels.spread(value, frame.length) }
      return .vector(try kernels.coalesce(spread))
    }
  }
}
