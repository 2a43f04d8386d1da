internal import FlintColumns

/// Rows of two plans side by side.
struct Join: Hashable, Sendable {
  /// Which rows it gives.
  enum Kind: Hashable, Sendable {
    case inner, left, right, full, semi, anti
    /// As `anti`, and no row at all when the right side has a null, and none that is null itself unless the right side is
    /// empty: NOT IN.
    case antiUnlessNull
  }

  var kind: Kind
  var left: LogicalPlan
  var right: LogicalPlan
  /// Which rows are pairs; nil for all.
  var condition: TypedExpression?
  /// The columns of both sides that it gives; nil for all.
  var kept: [ColumnID]?
  /// The way in which its pairs are to be found, where somebody knows the best one.
  var advice: Advice?
  /// Whether both sides are sorted and merged where there is no advice.
  var prefersMerge = false

  enum Side: Hashable, Sendable { case left, right }

  /// A way to find pairs.
  enum Advice: Hashable, Sendable {
    /// A side that is small is sent to every task.
    case broadcast(Side)
    /// Both sides are exchanged by their keys, sorted and merged.
    case merge
    /// Both sides are exchanged by their keys, and the right one becomes a table.
    case hash
  }

  /// Whether both sides are sorted and merged, as they can be where there are keys.
  var isMerged: Bool { (advice == .merge || advice == nil && prefersMerge) && !keys.keys.isEmpty }

  /// What the left side gives.
  var givesLeft: Bool { true }
  /// Whether the result has the columns of the right side.
  var givesRight: Bool {
    switch kind {
    case .inner, .left, .right, .full: true
    case .semi, .anti, .antiUnlessNull: false
    }
  }

  /// A pair of expressions that must be equal, one of each side.
  struct Key: Hashable, Sendable {
    let left: TypedExpression
    let right: TypedExpression
    let nullsMatch: Bool
  }

  /// The condition as keys, and what else it demands.
  var keys: (keys: [Key], rest: TypedExpression?) {
    guard let condition else { return ([], nil) }
    let leftColumns = Set(left.output.map(\.id))
    let rightColumns = Set(right.output.map(\.id))
    var keys: [Key] = []
    var rest: TypedExpression?
    for part in condition.conjuncts {
      if case .call(let function, let operands) = part.node, function == .compare(.equal) || function == .same {
        let first = operands[0].columns
        let second = operands[1].columns
        let nullsMatch = function == .same
        if !first.isEmpty, !second.isEmpty {
          if first.isSubset(of: leftColumns), second.isSubset(of: rightColumns) {
            keys.append(Key(left: operands[0], right: operands[1], nullsMatch: nullsMatch))
            continue
          }
          if first.isSubset(of: rightColumns), second.isSubset(of: leftColumns) {
            keys.append(Key(left: operands[1], right: operands[0], nullsMatch: nullsMatch))
            continue
          }
        }
      }
      rest = TypedExpression.both(rest, part)
    }
    return (keys, rest)
  }
}
