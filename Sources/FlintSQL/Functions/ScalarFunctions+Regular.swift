internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  /// Functions by regular expressions, which are the same for all rows, and by separators.
  static let regular: [String: Entry] = {
    var table: [String: Entry] = [
      "rlike": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let expression = try context.regular(operands[1])
        return context.call(.matches(expression), [try context.text(operands[0])], .boolean)
      },
      "regexp_extract": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        let expression = try context.regular(operands[1])
        let group = operands.count == 3 ? try context.constantWhole(operands[2]) : 1
        let count = try expression.groupCount()
        guard (0...count).contains(group) else {
          throw operands[operands.count - 1].origin.error(
            .invalidArgument, "'\(expression.pattern)' has \(count) groups, and no group \(group)")
        }
        return context.call(.extracted(expression, group: group), [try context.text(operands[0])], .string)
      },
      "regexp_replace": Entry(count: 3...3) { (context, operands) throws(FlintError) in
        let expression = try context.regular(operands[1])
        let other = try context.constantText(operands[2])
        let count = try expression.groupCount()
        for case .group(let group) in RegularExpression.parts(ofReplacement: other) where group > count {
          throw operands[2].origin.error(
            .invalidArgument, "'\(expression.pattern)' has \(count) groups, and no group \(group)")
        }
        return context.call(.replaced(expression, with: other), [try context.text(operands[0])], .string)
      },
      "split": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        let expression = try context.regular(operands[1])
        let limit = operands.count == 3 ? try context.constantWhole(operands[2]) : -1
        let isRegular = expression.pattern.isEmpty || expression.pattern.contains { "\\^$.|?*+()[]{}".contains($0) }
        let type = DataType.list(Field("element", .string, isNullable: false))
        return context.call(
          .split(expression.pattern, isRegular: isRegular, limit: limit), [try context.text(operands[0])], type)
      },
      "concat_ws": Entry(count: 2...any) { (context, operands) throws(FlintError) in
        let texts = try operands.dropFirst().map { (operand) throws(FlintError) in try context.text(operand) }
        let separator = try context.constantText(operands[0])
        return TypedExpression(.call(.joined(by: separator), texts), .string, isNullable: false, context.origin)
      },
    ]
    table["regexp"] = table["rlike"]
    table["regexp_like"] = table["rlike"]
    return table
  }()
}

extension FunctionContext {
  fileprivate func regular(_ operand: TypedExpression) throws(FlintError) -> RegularExpression {
    let expression = RegularExpression(try constantText(operand))
    do throws(FlintError) { _ = try expression.regex() } catch {
      throw operand.origin.error(error.code, error.what, why: error.why)
    }
    return expression
  }
}
