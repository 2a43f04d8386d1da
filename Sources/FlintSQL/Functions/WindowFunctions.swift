internal import FlintColumns
internal import FlintCore

/// The functions that need a window, by their names.
enum WindowFunctions {
  static let names: Set<String> = [
    "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
    "last_value", "nth_value", "first", "last",
  ]

  /// A function that is no aggregate, and what it is computed of; nil when there is none.
  static func function(
    _ call: FunctionCall, _ operands: [TypedExpression], _ context: FunctionContext
  ) throws(FlintError) -> (WindowCall.Function, [TypedExpression], DataType)? {
    let plain: [String: (WindowCall.Function, DataType)] = [
      "row_number": (.rowNumber, .int32), "rank": (.rank, .int32), "dense_rank": (.denseRank, .int32),
      "percent_rank": (.percentRank, .double), "cume_dist": (.cumulativeDistribution, .double),
    ]
    if let (function, type) = plain[call.name] {
      try demand(operands, 0...0, context)
      return (function, [], type)
    }
    if call.ignoresNulls, names.contains(call.name) {
      throw context.origin.error(.invalidQuery, "\(call.name) does not leave nulls out")
    }
    switch call.name {
    case "ntile":
      try demand(operands, 1...1, context)
      return (.ntile(try context.constantWhole(operands[0])), [], .int32)
    case "lag", "lead":
      try demand(operands, 1...3, context)
      let distance = operands.count > 1 ? try context.constantWhole(operands[1]) : 1
      var arguments = [operands[0]]
      if operands.count == 3 {
        let value = try context.cast(operands[2], to: operands[0].type)
        arguments.append(TypedExpression(try context.constant(value), value.type, value.origin))
      }
      return (.shifted(call.name == "lag" ? -distance : distance), arguments, operands[0].type)
    case "first_value", "first":
      try demand(operands, 1...1, context)
      return (.firstValue, operands, operands[0].type)
    case "last_value", "last":
      try demand(operands, 1...1, context)
      return (.lastValue, operands, operands[0].type)
    case "nth_value":
      try demand(operands, 2...2, context)
      return (.nthValue(try context.constantWhole(operands[1])), [operands[0]], operands[0].type)
    default: return nil
    }
  }

  private static func demand(
    _ operands: [TypedExpression], _ count: ClosedRange<Int>, _ context: FunctionContext
  ) throws(FlintError) {
    guard count.contains(operands.count) else {
      throw context.origin.error(
        .invalidQuery, "\(context.name) takes \(ScalarFunctions.text(count)), not \(operands.count)")
    }
  }
}
