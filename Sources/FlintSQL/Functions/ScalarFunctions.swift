internal import FlintCore

/// The functions of one row, by their names.
enum ScalarFunctions {
  /// Makes a call of operands of any type.
  typealias Make = @Sendable (FunctionContext, [TypedExpression]) throws(FlintError) -> TypedExpression

  /// One function.
  struct Entry: Sendable {
    /// How many operands it takes.
    let count: ClosedRange<Int>
    let make: Make
  }

  static let all: [String: Entry] = [numbers, conditions, texts, times, nested].reduce(into: [:]) { all, group in
    all.merge(group) { first, _ in first }
  }

  /// So many operands as there may be.
  static let any = Int.max

  /// The call of a function by its name; nil when there is none. Throws `invalid-query` for a wrong number of operands.
  static func call(
    _ name: String, _ operands: [TypedExpression], _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression? {
    guard let entry = all[name] else { return nil }
    guard entry.count.contains(operands.count) else {
      throw context.origin.error(
        .invalidQuery, "\(name) takes \(Self.text(entry.count)), not \(operands.count)")
    }
    return try entry.make(context, operands)
  }

  static func text(_ count: ClosedRange<Int>) -> String {
    if count.upperBound == any { return "at least \(count.lowerBound) operands" }
    if count.lowerBound == count.upperBound {
      return count.lowerBound == 1 ? "one operand" : "\(count.lowerBound) operands"
    }
    return "\(count.lowerBound) to \(count.upperBound) operands"
  }
}
