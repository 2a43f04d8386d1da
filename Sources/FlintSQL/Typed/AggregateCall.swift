internal import FlintColumns

/// A function of all rows of a group.
struct AggregateCall: Hashable, Sendable {
  let kind: AggregateFunction.Kind
  /// What it is computed of; more than one only where different rows of them are counted.
  var arguments: [TypedExpression]
  /// Whether each different value counts once.
  var isDistinct = false

  var function: AggregateFunction { AggregateFunction(kind, of: arguments.first?.type) }
}

extension AggregateCall: CustomStringConvertible {
  var description: String {
    let arguments = arguments.map(\.description).joined(separator: ", ")
    return "\(kind)(\(isDistinct ? "distinct " : "")\(arguments))"
  }
}
