internal import FlintColumns
internal import FlintCore

/// Makes computations of expressions over the columns of one plan.
struct Compiler {
  let kernels: Kernels
  let zones: [String: ZoneRules]
  private let places: [ColumnID: Int]

  init(_ columns: [Attribute], _ kernels: Kernels, zones: [String: ZoneRules] = [:]) {
    var places: [ColumnID: Int] = [:]
    for (place, column) in columns.enumerated() { places[column.id] = place }
    self.places = places
    self.kernels = kernels
    self.zones = zones
  }

  var memory: ColumnMemory { kernels.memory }

  func compile(_ expression: TypedExpression) throws(FlintError) -> Computation {
    let step: Computation.Step
    switch expression.node {
    case .column(let id, let name):
      guard let place = places[id] else { preconditionFailure("no column \(name)\(id) is given to this expression") }
      step = { (frame) throws(FlintError) in .vector(frame.columns[place]) }
    case .literal(let literal):
      let constant = Operand.constant(try literal.vector(expression.type, memory))
      step = { (_) throws(FlintError) in constant }
    case .call(let function, let operands):
      step = try call(function, operands, expression.type)
    case .cast(let operand, let orNull):
      let kernels = kernels
      let type = expression.type
      step = try unary(operand, within: true) { (vector, rows) throws(FlintError) in
        try kernels.cast(vector, to: type, rows: rows, orNull: orNull)
      }
    case .conditional(let branches, let otherwise):
      step = try conditional(branches, otherwise)
    case .isIn(let operand, let values):
      step = try isIn(operand, values)
    case .aggregate, .window, .query, .isInQuery:
      preconditionFailure("\(expression) is no part of a computation")
    }
    let guarded = expression.mayFail ? try unlessNobodyAsks(step, expression.type) : step
    return Computation(type: expression.type, step: located(guarded, expression.origin))
  }

  /// Computes nothing where no row counts: one value for all rows cannot tell for whom it fails.
  private func unlessNobodyAsks(
    _ step: @escaping Computation.Step, _ type: DataType
  ) throws(FlintError) -> Computation.Step {
    let null = Operand.constant(try kernels.nulls(type, count: 1))
    return { (frame) throws(FlintError) in frame.rows?.count == 0 ? null : try step(frame) }
  }

  /// Says of errors where in the query they happened.
  private func located(_ step: @escaping Computation.Step, _ origin: Origin) -> Computation.Step {
    if case .none = origin { return step }
    return { (frame) throws(FlintError) in
      do throws(FlintError) { return try step(frame) } catch {
        if error.location != nil || error.why?.contains(" of the query\n") == true { throw error }
        throw origin.error(error.code, error.what, why: error.why, remedy: error.remedy)
      }
    }
  }

  // MARK: Shapes of functions.

  /// A function of one vector; of a constant it is computed once a batch, and is constant. With `within` it gets the rows
  /// that count.
  func unary(
    _ operand: TypedExpression, within: Bool = false,
    _ body: @escaping (Vector, Selection?) throws(FlintError) -> Vector
  ) throws(FlintError) -> Computation.Step {
    let inner = try compile(operand).step
    return { (frame) throws(FlintError) in
      let value = try inner(frame)
      // The rows that count are not those of the one value.
      if value.isConstant { return .constant(try body(value.vector, nil)) }
      return .vector(try body(value.vector, within ? frame.rows : nil))
    }
  }

  /// A function of two operands, which is constant if both are.
  func binary(
    _ operands: [TypedExpression], _ body: @escaping (Operand, Operand, Selection?) throws(FlintError) -> Vector
  ) throws(FlintError) -> Computation.Step {
    let first = try compile(operands[0]).step
    let second = try compile(operands[1]).step
    return { (frame) throws(FlintError) in
      let left = try first(frame)
      let right = try second(frame)
      if left.isConstant, right.isConstant { return .constant(try body(left, right, nil)) }
      return .vector(try body(left, right, frame.rows))
    }
  }

  /// A function of any number of operands, which is constant if all are.
  func several(
    _ operands: [TypedExpression], _ body: @escaping ([Operand], Int) throws(FlintError) -> Vector
  ) throws(FlintError) -> Computation.Step {
    let steps = try operands.map { (operand) throws(FlintError) in try compile(operand).step }
    return { (frame) throws(FlintError) in
      let values = try steps.map { (step) throws(FlintError) in try step(frame) }
      if values.allSatisfy(\.isConstant) { return .constant(try body(values, 1)) }
      return .vector(try body(values, frame.length))
    }
  }

  // MARK: Values of a list.

  /// A table of the values finds all rows at once.
  private func isIn(_ operand: TypedExpression, _ values: [Literal]) throws(FlintError) -> Computation.Step {
    let table = try GroupTable([operand.type], kernels)
    let builder = try memory.builder(operand.type, capacity: values.count)
    for value in values { try value.append(to: builder) }
    _ = try table.insert([try builder.finish()], length: values.count)
    let kernels = kernels
    return try unary(operand) { (vector, _) throws(FlintError) in
      let numbers = try table.find([vector], length: vector.count)
      let rows = numbers.rows
      let found = try kernels.booleans(vector.count, validity: vector.validity) { rows[$0] >= 0 }
      withExtendedLifetime(numbers) {}
      return found
    }
  }

  // MARK: Conditions.

  private func conditional(
    _ branches: [TypedExpression.Branch], _ otherwise: TypedExpression
  ) throws(FlintError) -> Computation.Step {
    let steps = try branches.map { (branch) throws(FlintError) in
      (
        condition: try compile(branch.condition).step, value: try compile(branch.value).step,
        mayFail: branch.value.mayFail
      )
    }
    let last = try compile(otherwise).step
    let narrows = otherwise.mayFail || branches.contains { $0.condition.mayFail || $0.value.mayFail }
    let kernels = kernels
    return { (frame) throws(FlintError) in
      var rest = frame
      var chosen: [(condition: Vector, value: Operand)] = []
      for step in steps {
        let condition = try kernels.spread(try step.condition(rest), frame.length).vector
        let rows = step.mayFail ? try kernels.selection(of: condition, within: rest.rows) : rest.rows
        chosen.append((condition, try step.value(rest.selecting(rows))))
        if narrows {
          let isTrue = try kernels.isSame(.vector(condition), kernels.yes())
          rest = rest.selecting(
            try kernels.selection(of: try kernels.not(.vector(isTrue)), within: rest.rows))
        }
      }
      var result = try last(rest)
      for (condition, value) in chosen.reversed() {
        result = .vector(try kernels.choose(condition, value, result))
      }
      return result
    }
  }
}

extension Kernels {
  /// The constant true.
  func yes() throws(FlintError) -> Operand {
    .constant(try Literal.boolean(true).vector(.boolean, memory))
  }

  /// A boolean for each row.
  func booleans(
    _ count: Int, validity: Validity? = nil, _ body: (Int) -> Bool
  ) throws(FlintError) -> Vector {
    let buffer = try memory.buffer((count + 63) / 64 * 8)
    let words = buffer.pointer(to: UInt64.self)
    var row = 0
    while row < count {
      var word: UInt64 = 0
      for bit in 0..<min(64, count - row) { word |= (body(row + bit) ? 1 : 0) << UInt64(bit) }
      words[row >> 6] = word
      row += 64
    }
    return Vector(.boolean, count: count, validity: validity, .bits(buffer, start: 0))
  }

  /// `body` of each value, null for null.
  func map<Value: BitwiseCopyable, Result: BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, to type: DataType, _ body: (Value) -> Result
  ) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(vector.count * MemoryLayout<Result>.size)
    let target = buffer.pointer(to: Result.self)
    let values = vector.pointer(to: Value.self)
    for row in 0..<vector.count { target[row] = body(values[row]) }
    return Vector(
      type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, .values(buffer, start: 0))
  }
}
