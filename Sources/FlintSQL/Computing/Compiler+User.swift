internal import FlintColumns
internal import FlintCore
internal import FlintDatasets

extension Compiler {
  /// A function of the program, which sees the rows that count and no others.
  func userCall(_ function: UserFunction, _ operands: [TypedExpression]) throws(FlintError) -> Computation.Step {
    guard let body = function.code?.body else { preconditionFailure("the code of \(function.name) is not here") }
    let steps = try operands.map { (operand) throws(FlintError) in try compile(operand).step }
    let kernels = kernels
    return { (frame) throws(FlintError) in
      let values = try steps.map { (step) throws(FlintError) in try kernels.spread(try step(frame), frame.length).vector
      }
      do { return .vector(try body(kernels, values, frame.rows, frame.length)) } catch {
        guard let error = error as? FlintError else {
          throw FlintError(
            .userCode, "the function \(function.name) threw \(type(of: error))", why: "\(error)",
            at: function.site.location)
        }
        throw error
      }
    }
  }
}

extension FunctionContext {
  /// A call of a function of the program, with operands as it takes them.
  func call(_ function: UserFunction, _ operands: [TypedExpression]) throws(FlintError) -> TypedExpression {
    guard operands.count == function.arguments.count else {
      let wanted = function.arguments.count
      throw origin.error(
        .invalidQuery, "\(name) takes \(ScalarFunctions.text(wanted...wanted)), not \(operands.count)")
    }
    var values: [TypedExpression] = []
    for (operand, argument) in zip(operands, function.arguments) {
      values.append(try cast(operand, to: argument.type))
    }
    let skips = zip(values, function.arguments).contains { $0.isNullable && !$1.isNullable }
    return TypedExpression(
      .call(.user(function), values), function.result.type, isNullable: skips || function.result.isNullable, origin)
  }
}
