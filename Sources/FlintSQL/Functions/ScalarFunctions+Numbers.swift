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
    for function in MathFunction.allCases where function != .floor && function != .ceil {
      table[function.rawValue] = Entry(count: 1...1) { (context, operands) throws(FlintError) in
        let isLogarithm = function == .ln || function == .log10 || function == .log2
        return context.call(.math(function), [try context.double(operands[0])], .double, mayBeNull: isLogarithm)
      }
    }
    for function in BinaryMathFunction.allCases {
      table[function.rawValue] = Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(
          .math2(function), [try context.double(operands[0]), try context.double(operands[1])], .double)
      }
    }
    table["pow"] = table["power"]
    table["ceiling"] = table["ceil"]
    table["sign"] = table["signum"]
    table["log"] = table["ln"]
    return table
  }()
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
    if let (precision, scale) = number.type.decimal {
      guard digits >= 0 else { return call(.round(digits), [try double(number)], .double) }
      let kept = min(scale, digits)
      let type = DataType.adjustedDecimal(precision: precision - scale + 1 + kept, scale: kept)
      return call(.round(digits), [number], type, mayBeNull: kernels.rules == .legacy)
    }
    switch number.type {
    case .int8, .int16, .int32, .int64:
      if digits >= 0 { return number }
      return coercion.cast(call(.round(digits), [try double(number)], .double), to: number.type)
    default: return call(.round(digits), [try double(number)], .double)
    }
  }

  /// To a whole number: of decimals a decimal, of others a bigint.
  fileprivate func whole(_ operand: TypedExpression, isUp: Bool) throws(FlintError) -> TypedExpression {
    let number = try number(operand)
    if let (precision, scale) = number.type.decimal {
      let type = DataType.decimal(
        precision: min(DataType.maximumPrecision, precision - scale + 1), scale: 0)
      return call(isUp ? .ceiling : .floor, [number], type, mayBeNull: kernels.rules == .legacy)
    }
    if number.type == .float || number.type == .double {
      let rounded = call(.math(isUp ? .ceil : .floor), [try double(number)], .double)
      return coercion.cast(rounded, to: .int64)
    }
    return coercion.cast(number, to: .int64)
  }
}
