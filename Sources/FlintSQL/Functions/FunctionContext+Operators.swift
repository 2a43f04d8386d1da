internal import FlintColumns
internal import FlintCore

extension FunctionContext {
  /// An operator between two operands, whatever their types.
  func binary(
    _ kind: BinaryOperator, _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    switch kind {
    case .and: return call(.and, [try boolean(left), try boolean(right)], .boolean)
    case .or: return call(.or, [try boolean(left), try boolean(right)], .boolean)
    case .equal: return try compare(.equal, left, right)
    case .notEqual: return try compare(.notEqual, left, right)
    case .less: return try compare(.less, left, right)
    case .lessOrEqual: return try compare(.lessOrEqual, left, right)
    case .greater: return try compare(.greater, left, right)
    case .greaterOrEqual: return try compare(.greaterOrEqual, left, right)
    case .same:
      let (first, second) = try comparable(left, right)
      return TypedExpression(.call(.same, [first, second]), .boolean, isNullable: false, origin)
    case .add: return try sum(left, right, isDifference: false)
    case .subtract: return try sum(left, right, isDifference: true)
    case .multiply: return try arithmetic(.multiply, left, right)
    case .divide: return try quotient(left, right)
    case .wholeDivide: return try wholeQuotient(left, right)
    case .remainder: return try arithmetic(.remainder, left, right)
    }
  }

  func unary(_ kind: UnaryOperator, _ operand: TypedExpression) throws(FlintError) -> TypedExpression {
    switch kind {
    case .not: return call(.not, [try boolean(operand)], .boolean)
    case .isNull: return TypedExpression(.call(.isNull, [operand]), .boolean, isNullable: false, origin)
    case .isNotNull: return TypedExpression(.call(.isNotNull, [operand]), .boolean, isNullable: false, origin)
    case .isBoolean(let value), .isNotBoolean(let value):
      let same = call(.same, [try boolean(operand), TypedExpression(.boolean(value))], .boolean)
      if case .isBoolean = kind { return same }
      return call(.not, [same], .boolean)
    case .isNaN:
      let test = call(.isNaN, [try double(operand)], .boolean)
      return call(.coalesce, [test, TypedExpression.no], .boolean)
    case .negate:
      if operand.type == .interval {
        return call(.subtractIntervals, [TypedExpression(.interval(Interval())), operand], .interval)
      }
      let number = operand.type.isNumeric ? operand : try double(operand)
      return call(.negate, [number], number.type)
    }
  }

  // MARK: Comparisons.

  func compare(
    _ kind: ComparisonOperator, _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    let (first, second) = try comparable(left, right)
    return call(.compare(kind), [first, second], .boolean)
  }

  /// Both as one type in which they can be compared.
  func comparable(
    _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> (TypedExpression, TypedExpression) {
    if left.isNullLiteral { return (coercion.cast(left, to: right.type), right) }
    if right.isNullLiteral { return (left, coercion.cast(right, to: left.type)) }
    guard let type = coercion.compared(left.type, right.type) else { throw mismatch(left, right) }
    return (coercion.cast(left, to: type), coercion.cast(right, to: type))
  }

  // MARK: Numbers.

  /// Numbers of one type, or decimals.
  private func numbers(
    _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> (TypedExpression, TypedExpression) {
    let isTextLeft = left.type == .string && !left.isNullLiteral
    let isTextRight = right.type == .string && !right.isNullLiteral
    if left.isNullLiteral, right.isNullLiteral { return (try double(left), try double(right)) }
    if left.isNullLiteral { return try numbers(coercion.cast(left, to: isTextRight ? .double : right.type), right) }
    if right.isNullLiteral { return try numbers(left, coercion.cast(right, to: isTextLeft ? .double : left.type)) }
    if isTextLeft || isTextRight {
      let other = isTextLeft ? right.type : left.type
      guard other.isNumeric || other == .string else { throw mismatch(left, right) }
      let isWhole = kernels.rules == .ansi && other.isNumeric && other.decimal == nil
      let type: DataType = isWhole && other != .float && other != .double ? .int64 : .double
      return (coercion.cast(left, to: type), coercion.cast(right, to: type))
    }
    guard left.type.isNumeric, right.type.isNumeric else { throw mismatch(left, right) }
    let hasFloat = [left.type, right.type].contains { $0 == .float || $0 == .double }
    if !hasFloat, left.type.decimal != nil || right.type.decimal != nil {
      return (coercion.asDecimal(left), coercion.asDecimal(right))
    }
    guard let type = coercion.common(left.type, right.type) else { throw mismatch(left, right) }
    return (coercion.cast(left, to: type), coercion.cast(right, to: type))
  }

  func arithmetic(
    _ kind: ArithmeticOperator, _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    let (first, second) = try numbers(left, right)
    let mayBeNull = kernels.rules == .legacy
    if let one = first.type.decimal, let other = second.type.decimal {
      return call(.arithmetic(kind), [first, second], kind.decimalResult(one, other), mayBeNull: mayBeNull)
    }
    return call(.arithmetic(kind), [first, second], first.type, mayBeNull: mayBeNull)
  }

  /// Of whole numbers as doubles.
  private func quotient(_ left: TypedExpression, _ right: TypedExpression) throws(FlintError) -> TypedExpression {
    let (first, second) = try numbers(left, right)
    if first.type.decimal != nil { return try arithmetic(.divide, first, second) }
    return try arithmetic(.divide, try double(first), try double(second))
  }

  private func wholeQuotient(
    _ left: TypedExpression, _ right: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    let (first, second) = try numbers(left, right)
    if first.type.decimal != nil {
      return coercion.cast(try arithmetic(.divide, first, second), to: .int64)
    }
    return try arithmetic(.divide, try cast(first, to: .int64), try cast(second, to: .int64))
  }

  // MARK: Sums, of times too.

  private func sum(
    _ left: TypedExpression, _ right: TypedExpression, isDifference: Bool
  ) throws(FlintError) -> TypedExpression {
    switch (left.type, right.type) {
    case (.interval, .interval):
      return call(isDifference ? .subtractIntervals : .addIntervals, [left, right], .interval)
    case (.timestamp, .interval), (.date, .interval):
      return try moved(left, by: isDifference ? try unary(.negate, right) : right)
    case (.interval, .timestamp) where !isDifference, (.interval, .date) where !isDifference:
      return try moved(right, by: left)
    case (.date, .date) where isDifference, (.timestamp, .timestamp) where isDifference,
      (.date, .timestamp) where isDifference, (.timestamp, .date) where isDifference:
      return call(.between, [try timestamp(left), try timestamp(right)], .interval)
    case (.date, .int8), (.date, .int16), (.date, .int32):
      let days = try cast(right, to: .int32)
      return call(.addDays, [left, isDifference ? try unary(.negate, days) : days], .date)
    default: return try arithmetic(isDifference ? .subtract : .add, left, right)
    }
  }

  /// A time with an interval added; a date stays one if the interval is known to have whole days.
  private func moved(_ time: TypedExpression, by interval: TypedExpression) throws(FlintError) -> TypedExpression {
    let sum = call(.addInterval, [try timestamp(time), interval], .timestamp)
    guard time.type == .date, interval.isConstant, case .interval(let known) = try constant(interval),
      known.microseconds == 0
    else { return sum }
    return coercion.cast(sum, to: .date)
  }
}
