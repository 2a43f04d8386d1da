internal import FlintColumns

/// The code of the functions of the program that a stage calls. In a plan they have numbers; the code travels as one closure
/// that knows all of them, since only closures that others have captured travel.
struct UserFunctions {
  private var codes: [UserFunction.Code] = []

  /// The code of a number.
  typealias Finder = @Sendable (Int) -> UserFunction.Body?

  /// What travels.
  var finder: Finder {
    var finder: Finder = { _ in nil }
    for code in codes.reversed() {
      let (body, rest) = (code.body, finder)
      finder = { $0 == 0 ? body : rest($0 - 1) }
    }
    return finder
  }

  /// The plan with numbers for all of its functions.
  mutating func number(_ plan: LogicalPlan) -> LogicalPlan {
    var functions = self
    defer { self = functions }
    return plan.replacingFunctions { functions.numbered($0) }
  }

  /// The expression with numbers for all of its functions.
  mutating func number(_ expression: TypedExpression) -> TypedExpression {
    var functions = self
    defer { self = functions }
    return expression.replacingFunctions { functions.numbered($0) }
  }

  private mutating func numbered(_ function: UserFunction) -> UserFunction {
    guard let code = function.code else { return function }
    var numbered = function
    numbered.number = codes.firstIndex { $0 === code } ?? codes.count
    if numbered.number == codes.count { codes.append(code) }
    return numbered
  }
}

extension UserFunction {
  /// The same with its code.
  fileprivate func found(by finder: UserFunctions.Finder) -> UserFunction {
    var whole = self
    if code == nil { whole.code = finder(number).map { Code($0) } }
    return whole
  }
}

extension TypedExpression {
  func finding(_ finder: UserFunctions.Finder) -> TypedExpression { replacingFunctions { $0.found(by: finder) } }

  fileprivate func replacingFunctions(_ body: (UserFunction) -> UserFunction) -> TypedExpression {
    guard contains({ $0.isUserCall }) else { return self }
    let inner = with(children.map { $0.replacingFunctions(body) })
    guard case .call(.user(let function), let operands) = inner.node else { return inner }
    return TypedExpression(.call(.user(body(function)), operands), type, isNullable: isNullable, origin)
  }

  private var isUserCall: Bool {
    if case .call(.user, _) = node { true } else { false }
  }
}

extension LogicalPlan {
  func finding(_ finder: UserFunctions.Finder) -> LogicalPlan { replacingFunctions { $0.found(by: finder) } }

  fileprivate func replacingFunctions(_ body: (UserFunction) -> UserFunction) -> LogicalPlan {
    let inner = with(children.map { $0.replacingFunctions(body) })
    return inner.with(expressions: inner.expressions.map { $0.replacingFunctions(body) })
  }
}
