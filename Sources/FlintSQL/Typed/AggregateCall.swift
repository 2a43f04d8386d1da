internal import FlintColumns

/// A function of all rows of a group.
struct AggregateCall: Hashable, Sendable {
  let kind: AggregateFunction.Kind
  /// What it is computed of; more than one only where different rows of them are counted.
  var arguments: [TypedExpression]
  /// Whether each different value counts once.
  var isDistinct = false

  /// Of several arguments it is computed of a structure of them.
  var function: AggregateFunction {
    let input = arguments.count > 1 ? DataType(structureOf: arguments.map(\.type)) : arguments.first?.type
    return AggregateFunction(kind, of: input, isDistinct: isDistinct)
  }
}

extension AggregateCall: CustomStringConvertible {
  var description: String {
    let arguments = arguments.map(\.description).joined(separator: ", ")
    return "\(kind)(\(isDistinct ? "distinct " : "")\(arguments))"
  }
}
