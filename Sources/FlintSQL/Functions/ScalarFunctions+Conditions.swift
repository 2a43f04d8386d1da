internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let conditions: [String: Entry] = {
    var table: [String: Entry] = [
      "coalesce": Entry(count: 1...any) { (context, operands) throws(FlintError) in
        try context.coalesce(operands)
      },
      "nullif": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let isEqual = try context.compare(.equal, operands[0], operands[1])
        return try context.conditional(
          [(isEqual, TypedExpression(.null, operands[0].type, context.origin))], operands[0])
      },
      "nvl2": Entry(count: 3...3) { (context, operands) throws(FlintError) in
        try context.conditional([(try context.unary(.isNotNull, operands[0]), operands[1])], operands[2])
      },
      "if": Entry(count: 3...3) { (context, operands) throws(FlintError) in
        try context.conditional([(try context.boolean(operands[0]), operands[1])], operands[2])
      },
      "isnull": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.unary(.isNull, operands[0])
      },
      "isnotnull": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.unary(.isNotNull, operands[0])
      },
      "nanvl": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let first = try context.double(operands[0])
        return try context.conditional([(try context.unary(.isNaN, first), operands[1])], first)
      },
      "greatest": Entry(count: 2...any) { (context, operands) throws(FlintError) in
        try context.extreme(.greatest, operands)
      },
      "least": Entry(count: 2...any) { (context, operands) throws(FlintError) in
        try context.extreme(.least, operands)
      },
    ]
    table["ifnull"] = Entry(count: 2...2) { (context, operands) throws(FlintError) in try context.coalesce(operands) }
    table["nvl"] = table["ifnull"]
    for (name, type) in casts {
      table[name] = Entry(count: 1...1) { (context, operands) in
        TypedExpression(.cast(operands[0], orNull: false), type, isNullable: true, context.origin)
      }
    }
    return table
  }()

  /// Types whose names are functions that cast to them.
  private static let casts: [(String, DataType)] = [
    ("boolean", .boolean), ("tinyint", .int8), ("smallint", .int16), ("int", .int32), ("bigint", .int64),
    ("float", .float), ("double", .double), ("string", .string), ("binary", .binary), ("date", .date),
    ("timestamp", .timestamp), ("decimal", .decimal(precision: 10, scale: 0)),
  ]
}

extension FunctionContext {
  /// The first value that is not null.
  fileprivate func coalesce(_ operands: [TypedExpression]) throws(FlintError) -> TypedExpression {
    guard let values = coercion.unified(operands) else { throw disagreement(operands) }
    return TypedExpression(
      .call(.coalesce, values), values[0].type, isNullable: values.allSatisfy(\.isNullable), origin)
  }

  fileprivate func extreme(
    _ function: ScalarFunction, _ operands: [TypedExpression]
  ) throws(FlintError) -> TypedExpression {
    guard let values = coercion.unified(operands) else { throw disagreement(operands) }
    return TypedExpression(
      .call(function, values), values[0].type, isNullable: values.allSatisfy(\.isNullable), origin)
  }

  /// The value of the first condition that is true, else the last one, as one type.
  func conditional(
    _ branches: [(condition: TypedExpression, value: TypedExpression)], _ otherwise: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    let operands = branches.map(\.value) + [otherwise]
    guard let values = coercion.unified(operands) else { throw disagreement(operands) }
    let typed = zip(branches, values).map { TypedExpression.Branch(condition: $0.condition, value: $1) }
    return TypedExpression(
      .conditional(typed, otherwise: values[values.count - 1]), values[0].type,
      isNullable: values.contains(where: \.isNullable), origin)
  }

  private func disagreement(_ operands: [TypedExpression]) -> FlintError {
    let types = operands.map(\.type.description).joined(separator: ", ")
    return origin.error(
      .typeMismatch, "\(name) gives values of one type, and there is none for \(types)",
      remedy: "cast them to one type")
  }
}
