internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let numbers: [String: Entry] = {
    var table: [String: Entry] = [
      "abs": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        let number = try context.number(operands[0])
        return context.call(.absolute, [number], number.type)
      },
      "negative": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.unary(.negate, operands[0])
      },
      "positive": Entry(count: 1...1) { (context, operands) throws(FlintError) in try context.number(operands[0]) },
      "round": Entry(count: 1...2) { (context, operands) throws(FlintError) in try context.round(operands) },
      "floor": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.whole(operands[0], isUp: false)
      },
      "ceil": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.whole(operands[0], isUp: true)
      },
      "mod": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        try context.arithmetic(.remainder, operands[0], operands[1])
      },
      "pi": Entry(count: 0...0) { (context, _) in TypedExpression(.double(.pi), .double, context.origin) },
      "e": Entry(count: 0...0) { (context, _) in TypedExpression(.double(2.718281828459045), .double, context.origin) },
      "isnan": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.unary(.isNaN, operands[0])
      },
    ]
    for (name, function) in functions {
      table[name] = Entry(count: 1...1) { (context, operands) throws(FlintError) in
        let isLogarithm = [.logarithm, .logarithm2, .logarithm10].contains(function)
        return context.call(.math(function), [try context.double(operands[0])], .double, mayBeNull: isLogarithm)
      }
    }
    for (name, function) in [("power", ScalarFunction.power), ("atan2", .arcTangent), ("hypot", .hypotenuse)] {
      table[name] = Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(function, [try context.double(operands[0]), try context.double(operands[1])], .double)
      }
    }
    table["pow"] = table["power"]
    table["ceiling"] = table["ceil"]
    table["sign"] = table["signum"]
    table["log"] = table["ln"]
    return table
  }()

  private static let functions: [(String, MathFunction)] = [
    ("sqrt", .squareRoot), ("cbrt", .cubeRoot), ("exp", .exponential), ("ln", .logarithm), ("log2", .logarithm2),
    ("log10", .logarithm10), ("sin", .sine), ("cos", .cosine), ("tan", .tangent), ("asin", .arcSine),
    ("acos", .arcCosine), ("atan", .arcTangent), ("sinh", .hyperbolicSine), ("cosh", .hyperbolicCosine),
    ("tanh", .hyperbolicTangent), ("radians", .radians), ("degrees", .degrees), ("signum", .sign),
  ]
}

extension FunctionContext {
  /// A number as it is, a text as a double.
  fileprivate func number(_ operand: TypedExpression) throws(FlintError) -> TypedExpression {
    if operand.type.isNumeric { return operand }
    return try double(operand)
  }

  fileprivate func round(_ operands: [TypedExpression]) throws(FlintError) -> TypedExpression {
    let number = try number(operands[0])
    let digits = operands.count == 2 ? try constantWhole(operands[1]) : 0
    let type = number.type.rounded(to: digits) ?? number.type
    return call(.round(digits), [number], type, mayBeNull: kernels.rules == .legacy)
  }

  /// To a whole number: of decimals a decimal, of others a bigint.
  fileprivate func whole(_ operand: TypedExpression, isUp: Bool) throws(FlintError) -> TypedExpression {
    let number = try number(operand)
    var type = DataType.int64
    if let (precision, scale) = number.type.decimal {
      type = .adjustedDecimal(precision: precision - scale + 1, scale: 0)
    }
    return call(isUp ? .ceiling : .floor, [number], type)
  }
}
