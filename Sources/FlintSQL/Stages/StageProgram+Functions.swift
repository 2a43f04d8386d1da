extension StageProgram {
  /// The program with numbers for the functions of the user's program that it calls, and what finds their code.
  var numbered: (program: StageProgram, finder: UserFunctions.Finder) {
    var functions = UserFunctions()
    var program = self
    program.plan = functions.number(plan)
    if case .partial(let aggregation) = ending,
      case .aggregate(let numbered, _) = functions.number(.aggregate(aggregation, .values([], [])))
    {
      program.ending = .partial(numbered)
    }
    return (program, functions.finder)
  }

  /// The program with the code of those functions.
  func finding(_ finder: UserFunctions.Finder) -> StageProgram {
    var program = self
    program.plan = plan.finding(finder)
    if case .partial(let aggregation) = ending,
      case .aggregate(let whole, _) = LogicalPlan.aggregate(aggregation, .values([], [])).finding(finder)
    {
      program.ending = .partial(whole)
    }
    return program
  }
}

extension Dealing {
  /// The same with numbers for functions of the user's program, and what finds their code.
  var numbered: (dealing: Dealing, finder: UserFunctions.Finder) {
    var functions = UserFunctions()
    switch self {
    case .hash(let expressions):
      let numbered = expressions.map { functions.number($0) }
      return (.hash(numbered), functions.finder)
    case .ranges(let orders, let bounds):
      let numbered = orders.map { $0.with(functions.number($0.expression)) }
      return (.ranges(numbered, bounds: bounds), functions.finder)
    case .firstColumns, .inTurn: return (self, { _ in nil })
    }
  }

  /// The same with the code of those functions.
  func finding(_ finder: UserFunctions.Finder) -> Dealing {
    switch self {
    case .hash(let expressions): .hash(expressions.map { $0.finding(finder) })
    case .ranges(let orders, let bounds):
      .ranges(orders.map { $0.with($0.expression.finding(finder)) }, bounds: bounds)
    case .firstColumns, .inTurn: self
    }
  }
}
