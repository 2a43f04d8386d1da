internal import FlintColumns
internal import FlintCore

/// Which type operands get when they have different ones, as Spark decides it under either set of rules.
struct Coercion {
  let rules: ComputationRules

  /// The value as another type; NULL as it is written just takes it.
  func cast(_ operand: TypedExpression, to type: DataType) -> TypedExpression {
    if operand.type == type { return operand }
    if operand.isNullLiteral { return TypedExpression(.null, type, operand.origin) }
    let mayBeNull = operand.isNullable || rules == .legacy
    return TypedExpression(.cast(operand, orNull: false), type, isNullable: mayBeNull, operand.origin)
  }

  /// All operands as the type that holds the values of all; nil when there is none.
  func unified(_ operands: [TypedExpression]) -> [TypedExpression]? {
    var common: DataType?
    for operand in operands where !operand.isNullLiteral {
      guard let sofar = common else {
        common = operand.type
        continue
      }
      guard let wider = self.common(sofar, operand.type) else { return nil }
      common = wider
    }
    let type = common ?? operands.first?.type ?? .string
    return operands.map { cast($0, to: type) }
  }

  /// The type that holds the values of both; nil when there is none.
  func common(_ left: DataType, _ right: DataType) -> DataType? {
    if left == right { return left }
    if let number = commonNumber(left, right) { return number }
    switch (left, right) {
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    case (.string, .binary), (.binary, .string): return .binary
    case (.string, let other), (let other, .string): return withText(other)
    case (.list(let first), .list(let second)):
      guard let element = common(first.type, second.type) else { return nil }
      return .list(Field(first.name, element, isNullable: first.isNullable || second.isNullable))
    case (.structure(let first), .structure(let second)) where first.count == second.count:
      var fields: [Field] = []
      for (one, other) in zip(first, second) {
        guard let type = common(one.type, other.type) else { return nil }
        fields.append(Field(one.name, type, isNullable: one.isNullable || other.isNullable))
      }
      return .structure(fields)
    default: return nil
    }
  }

  /// A text beside something else: under the rules of ANSI it must be such a value, else both become texts.
  private func withText(_ other: DataType) -> DataType? {
    if other.isNested { return nil }
    if rules == .legacy { return .string }
    switch other {
    case .int8, .int16, .int32, .int64: return .int64
    case .float, .decimal: return .double
    default: return other
    }
  }

  /// The type for comparing two values: a text is taken for a value of the other type.
  func compared(_ left: DataType, _ right: DataType) -> DataType? {
    switch (left, right) {
    case (.string, let other), (let other, .string):
      if other == .string || other.isNested { return common(left, right) }
      if rules == .ansi { return withText(other) }
      return other.decimal == nil ? other : .double
    default: return common(left, right)
    }
  }

  private func commonNumber(_ left: DataType, _ right: DataType) -> DataType? {
    guard left.isNumeric, right.isNumeric else { return nil }
    if left == .double || right == .double { return .double }
    if left == .float || right == .float {
      let other = left == .float ? right : left
      // A float holds no whole number above 24 bits.
      return rules == .ansi || other.decimal != nil ? .double : .float
    }
    if left.decimal == nil, right.decimal == nil {
      return Self.rank(left) >= Self.rank(right) ? left : right
    }
    guard let first = Self.decimal(left), let second = Self.decimal(right) else { return nil }
    let scale = max(first.scale, second.scale)
    let whole = max(first.precision - first.scale, second.precision - second.scale)
    return .adjustedDecimal(precision: whole + scale, scale: scale)
  }

  /// The larger, the more values a whole number can have.
  private static func rank(_ type: DataType) -> Int {
    switch type {
    case .int8: 1
    case .int16: 2
    case .int32: 3
    default: 4
    }
  }

  /// The digits that a number of a type can have.
  static func decimal(_ type: DataType) -> (precision: Int, scale: Int)? {
    switch type {
    case .int8: (3, 0)
    case .int16: (5, 0)
    case .int32: (10, 0)
    case .int64: (20, 0)
    default: type.decimal
    }
  }

  /// A number as a decimal; of a whole number that is written down with as many digits as it has.
  func asDecimal(_ operand: TypedExpression) -> TypedExpression {
    if operand.type.decimal != nil { return operand }
    if let whole = operand.literal?.whole {
      let precision = String(whole.magnitude).count
      return TypedExpression(
        .decimal(Int128(whole), precision: precision, scale: 0), .decimal(precision: precision, scale: 0),
        operand.origin)
    }
    guard let (precision, scale) = Self.decimal(operand.type) else { return operand }
    return cast(operand, to: .decimal(precision: precision, scale: scale))
  }
}
