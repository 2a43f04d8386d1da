internal import FlintColumns
internal import FlintCore

extension Compiler {
  func nestedCall(
    _ function: ScalarFunction, _ operands: [TypedExpression], _ type: DataType
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .structure:
      guard case .structure(let fields) = type else { preconditionFailure("\(type) is no structure") }
      return try several(operands) { (values, _) throws(FlintError) in
        try kernels.structure(fields, try values.map { (value) throws(FlintError) in try kernels.flat(value) })
      }
    case .field(let index):
      return try unary(operands[0]) { (whole, _) throws(FlintError) in try kernels.part(index, of: whole) }
    case .element:
      return try several(operands) { (values, count) throws(FlintError) in
        try kernels.element(try kernels.spread(values[0], count).vector, at: values[1])
      }
    case .value:
      return try several(operands) { (values, count) throws(FlintError) in
        try kernels.value(try kernels.spread(values[0], count).vector, of: values[1])
      }
    case .holds:
      return try several(operands) { (values, count) throws(FlintError) in
        try kernels.contains(try kernels.spread(values[0], count).vector, values[1])
      }
    case .makeList:
      return try several(operands) { (values, _) throws(FlintError) in
        if !values.isEmpty { return try kernels.list(values) }
        let builder = try ListBuilder(type, capacity: 1, kernels.memory)
        try builder.endList()
        return try builder.finish()
      }
    case .size:
      return try unary(operands[0]) { (list, _) throws(FlintError) in try kernels.size(list) }
    case .zipped(let names):
      return try several(operands) { (values, count) throws(FlintError) in
        let lists = try values.map { (value) throws(FlintError) in try kernels.spread(value, count).vector }
        return try kernels.zipLists(lists, names: names)
      }
    default: return nil
    }
  }
}

extension Kernels {
  /// The operand without a dictionary.
  fileprivate func flat(_ operand: Operand) throws(FlintError) -> Operand {
    let vector = try operand.vector.flat(memory)
    return operand.isConstant ? .constant(vector) : .vector(vector)
  }
}
