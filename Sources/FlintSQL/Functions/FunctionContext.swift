internal import FlintColumns
internal import FlintCore

/// What the makers of typed expressions know: which function is made, where it was written, and under which rules.
struct FunctionContext {
  /// Rules and time zone of the session.
  let kernels: Kernels
  /// Time zones by their names, which were loaded before.
  let zones: [String: ZoneRules]
  /// The function, for errors.
  let name: String
  let origin: Origin

  var coercion: Coercion { Coercion(rules: kernels.rules) }

  func renamed(_ name: String, _ origin: Origin) -> FunctionContext {
    FunctionContext(kernels: kernels, zones: zones, name: name, origin: origin)
  }

  // MARK: Making.

  /// A function of operands that have its types. It is null where one of them is, and perhaps elsewhere.
  func call(
    _ function: ScalarFunction, _ operands: [TypedExpression], _ type: DataType, mayBeNull: Bool = false
  ) -> TypedExpression {
    TypedExpression(
      .call(function, operands), type, isNullable: mayBeNull || operands.contains(where: \.isNullable), origin)
  }

  /// The value as another type. Throws `type-mismatch` when no such cast is done unasked.
  func cast(_ operand: TypedExpression, to type: DataType) throws(FlintError) -> TypedExpression {
    if operand.type == type || operand.isNullLiteral { return coercion.cast(operand, to: type) }
    guard Self.castsUnasked(operand.type, to: type) else { throw mismatch(operand, "\(type)") }
    return coercion.cast(operand, to: type)
  }

  private static func castsUnasked(_ type: DataType, to wanted: DataType) -> Bool {
    if type.isNumeric, wanted.isNumeric { return true }
    switch (type, wanted) {
    case (.string, _) where !wanted.isNested: return true
    case (_, .string) where !type.isNested: return true
    case (.date, .timestamp), (.timestamp, .date): return true
    default: return false
    }
  }

  func double(_ operand: TypedExpression) throws(FlintError) -> TypedExpression { try cast(operand, to: .double) }
  func text(_ operand: TypedExpression) throws(FlintError) -> TypedExpression { try cast(operand, to: .string) }
  func date(_ operand: TypedExpression) throws(FlintError) -> TypedExpression { try cast(operand, to: .date) }
  func timestamp(_ operand: TypedExpression) throws(FlintError) -> TypedExpression {
    try cast(operand, to: .timestamp)
  }
  func boolean(_ operand: TypedExpression) throws(FlintError) -> TypedExpression {
    if operand.type == .boolean || operand.isNullLiteral { return coercion.cast(operand, to: .boolean) }
    guard operand.type == .string else { throw mismatch(operand, "boolean") }
    return coercion.cast(operand, to: .boolean)
  }

  // MARK: Values that must be known before.

  /// The value of an operand that is the same for all rows.
  func constant(_ operand: TypedExpression) throws(FlintError) -> Literal {
    if let literal = operand.literal { return literal }
    guard operand.isConstant, let value = try Folding(kernels).value(of: operand) else {
      throw operand.origin.error(
        .typeMismatch, "\(name) takes a value here that is the same for all rows, not \(operand)")
    }
    return value
  }

  func constantText(_ operand: TypedExpression) throws(FlintError) -> String {
    guard case .string(let text) = try constant(try text(operand)) else {
      throw operand.origin.error(.typeMismatch, "\(name) takes a text here, not null")
    }
    return text
  }

  func constantWhole(_ operand: TypedExpression) throws(FlintError) -> Int {
    guard let number = try constant(try cast(operand, to: .int64)).whole else {
      throw operand.origin.error(.typeMismatch, "\(name) takes a whole number here, not null")
    }
    return Int(number)
  }

  // MARK: Errors.

  func mismatch(_ operand: TypedExpression, _ wanted: String) -> FlintError {
    operand.origin.error(
      .typeMismatch, "\(name) takes \(wanted) here, not \(operand.type)", remedy: "cast it to what is wanted")
  }

  func mismatch(_ left: TypedExpression, _ right: TypedExpression) -> FlintError {
    left.origin.joined(right.origin).error(
      .typeMismatch, "\(name) does not take \(left.type) and \(right.type)",
      remedy: "cast one of them to the type of the other")
  }
}
