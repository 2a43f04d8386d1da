internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let texts: [String: Entry] = {
    var table: [String: Entry] = [
      "concat": Entry(count: 1...any) { (context, operands) throws(FlintError) in
        let texts = try operands.map { (operand) throws(FlintError) in try context.text(operand) }
        return context.call(.concatenate, texts, .string)
      },
      "substring": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        let start = try context.constantWhole(operands[1])
        let count = operands.count == 3 ? try context.constantWhole(operands[2]) : nil
        return context.call(.substring(from: start, count: count), [try context.text(operands[0])], .string)
      },
      "left": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let count = max(0, try context.constantWhole(operands[1]))
        return context.call(.substring(from: 1, count: count), [try context.text(operands[0])], .string)
      },
      "right": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let count = try context.constantWhole(operands[1])
        let from = count > 0 ? -count : 1
        return context.call(
          .substring(from: from, count: count > 0 ? nil : 0), [try context.text(operands[0])], .string)
      },
      "replace": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        let part = try context.constantText(operands[1])
        let other = operands.count == 3 ? try context.constantText(operands[2]) : ""
        return context.call(.replace(part, with: other), [try context.text(operands[0])], .string)
      },
      "instr": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.position(try context.constantText(operands[1])), [try context.text(operands[0])], .int32)
      },
      "position": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.position(try context.constantText(operands[0])), [try context.text(operands[1])], .int32)
      },
      "repeat": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let count = max(0, try context.constantWhole(operands[1]))
        return context.call(.repeated(count), [try context.text(operands[0])], .string)
      },
      "lpad": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        try context.pad(operands, isLeft: true)
      },
      "rpad": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        try context.pad(operands, isLeft: false)
      },
      "startswith": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.hasPrefix(try context.constantText(operands[1])), [try context.text(operands[0])], .boolean)
      },
      "endswith": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.hasSuffix(try context.constantText(operands[1])), [try context.text(operands[0])], .boolean)
      },
      "contains": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.contains(try context.constantText(operands[1])), [try context.text(operands[0])], .boolean)
      },
    ]
    table.merge(regular) { first, _ in first }
    let plain: [(String, ScalarFunction, DataType)] = [
      ("upper", .upper, .string), ("lower", .lower, .string), ("length", .length, .int32),
      ("reverse", .reverse, .string), ("initcap", .capitalized, .string),
      ("trim", .trim(leading: true, trailing: true), .string),
      ("ltrim", .trim(leading: true, trailing: false), .string),
      ("rtrim", .trim(leading: false, trailing: true), .string),
    ]
    for (name, function, type) in plain {
      table[name] = Entry(count: 1...1) { (context, operands) throws(FlintError) in
        context.call(function, [try context.text(operands[0])], type)
      }
    }
    let others = [
      ("ucase", "upper"), ("lcase", "lower"), ("char_length", "length"), ("character_length", "length"),
      ("len", "length"), ("substr", "substring"), ("locate", "position"),
    ]
    for (name, other) in others { table[name] = table[other] }
    return table
  }()
}

extension FunctionContext {
  fileprivate func pad(_ operands: [TypedExpression], isLeft: Bool) throws(FlintError) -> TypedExpression {
    let length = max(0, try constantWhole(operands[1]))
    let filling = operands.count == 3 ? try constantText(operands[2]) : " "
    return call(.pad(length, filling: filling, isLeft: isLeft), [try text(operands[0])], .string)
  }

  /// LIKE: its pattern is the same for all rows.
  func like(
    _ operand: TypedExpression, _ pattern: TypedExpression, escape: Unicode.Scalar?
  ) throws(FlintError) -> TypedExpression {
    let text = try text(operand)
    if pattern.isNullLiteral { return TypedExpression(.null, .boolean, origin) }
    let known = try constantText(pattern)
    do throws(FlintError) { _ = try LikePattern(known, escape: escape) } catch {
      throw pattern.origin.error(error.code, error.what, why: error.why, remedy: error.remedy)
    }
    return call(.like(known, escape: escape), [text], .boolean)
  }
}
