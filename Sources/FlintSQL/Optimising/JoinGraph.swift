internal import FlintColumns

/// Plans that are joined, and the conditions between them. Sets of plans are bits: bit `n` is plan number `n`.
struct JoinGraph {
  /// How many plans it holds at most.
  static let limit = 64

  private let parts: [LogicalPlan]
  private let estimates: [Estimate]
  private let keys: [EqualColumns]
  private let conditions: [Condition]
  /// How many times more pairs there are than keys of single columns say, for tables that are joined by several.
  private let corrections: [(parts: UInt64, factor: Double)]

  /// A condition that does not say of two columns that they are equal.
  private struct Condition {
    let expression: TypedExpression
    let parts: UInt64
    /// What share of the pairs meets it.
    let share: Double
    /// Whether it is an equation all the same, of expressions over two plans.
    let isKey: Bool
  }

  /// So that costs are finite, whatever a footer claims.
  private static let mostRows = 1e30
  /// Rows that could be looked up while another table is made and given to all tasks.
  private static let tablePrice = 20_000.0
  /// Rows that could be looked up while one is put into a table.
  private static let buildPrice = 2.0

  init(_ parts: [LogicalPlan], _ conditions: [TypedExpression]) {
    self.parts = parts
    let estimates = parts.map { Estimate($0) }
    let columns = parts.map { Set($0.output.map(\.id)) }
    self.estimates = estimates
    keys = EqualColumns.of(parts, conditions)
    self.conditions = conditions.filter { !EqualColumns.isKey($0, columns) }.map { condition in
      let set = columns.indices.reduce(UInt64(0)) { set, part in
        columns[part].isDisjoint(with: condition.columns) ? set : set | 1 << UInt64(part)
      }
      let pair = Self.sides(condition, columns)
      let share = pair.map { 1 / max(1, estimates[$0.0].base, estimates[$0.1].base) } ?? Selectivity.unknown
      return Condition(expression: condition, parts: set, share: share, isKey: pair != nil)
    }
    corrections = Self.corrections(keys, estimates)
  }

  /// The two plans whose values an equation compares; nil for other conditions.
  private static func sides(_ condition: TypedExpression, _ columns: [Set<ColumnID>]) -> (Int, Int)? {
    guard case .call(.compare(.equal), let operands) = condition.node else { return nil }
    let owners = operands.map { operand in
      operand.columns.isEmpty ? nil : columns.firstIndex { operand.columns.isSubset(of: $0) }
    }
    guard let left = owners[0], let right = owners[1], left != right else { return nil }
    return (left, right)
  }

  private static func corrections(
    _ keys: [EqualColumns], _ estimates: [Estimate]
  ) -> [(parts: UInt64, factor: Double)] {
    var corrections: [(parts: UInt64, factor: Double)] = []
    for second in estimates.indices {
      for first in 0..<second {
        let pairs = keys.compactMap { key -> (Double, Double)? in
          guard let left = key.columns[first], let right = key.columns[second] else { return nil }
          return (estimates[first].distinctCount(left), estimates[second].distinctCount(right))
        }
        guard pairs.count > 1 else { continue }
        let single = pairs.reduce(1.0) { $0 / max(1, $1.0, $1.1) }
        let together = Estimate.share(pairs, estimates[first].base, estimates[second].base)
        corrections.append((1 << UInt64(first) | 1 << UInt64(second), together / single))
      }
    }
    return corrections
  }

  // MARK: Sizes

  private func rows(of set: UInt64) -> Double {
    var rows = 1.0
    for part in parts.indices where set.has(part) { rows *= estimates[part].rows }
    for key in keys {
      // Each further table leaves the rows whose value is that of the others; the one with the fewest values decides nothing.
      let counts = key.columns.indices.compactMap { part in
        set.has(part) ? key.columns[part].map { max(1, estimates[part].distinctCount($0)) } : nil
      }
      if counts.count > 1 { rows /= counts.reduce(1, *) / (counts.min() ?? 1) }
    }
    for condition in conditions where condition.parts & ~set == 0 { rows *= condition.share }
    for correction in corrections where correction.parts & ~set == 0 { rows *= correction.factor }
    return min(max(1, rows), Self.mostRows)
  }

  /// Whether a key of one side is compared with one of the other.
  private func areLinked(_ left: UInt64, _ right: UInt64) -> Bool {
    keys.contains { $0.parts & left != 0 && $0.parts & right != 0 }
      || conditions.contains {
        $0.isKey && $0.parts & left != 0 && $0.parts & right != 0 && $0.parts & ~(left | right) == 0
      }
  }

  // MARK: Orders

  /// The cheapest of all orders. Some tables are joined without a key between the two sides only when these cannot be divided
  /// so that there is one.
  func bestTree() -> JoinTree {
    let count = 1 << parts.count
    let rows = (0..<count).map { self.rows(of: UInt64($0)) }
    var costs = [Double](repeating: .infinity, count: count)
    var firsts = [UInt64](repeating: 0, count: count)
    for part in parts.indices { costs[1 << part] = 0 }
    for set in 1..<UInt64(count) where set.nonzeroBitCount > 1 {
      for isLinked in [true, false] where costs[Int(set)] == .infinity {
        var left = (set - 1) & set
        while left > 0 {
          let right = set & ~left
          let (leftRows, rightRows) = (rows[Int(left)], rows[Int(right)])
          // Each pair once, with the side that looks up on the left.
          if leftRows > rightRows || leftRows == rightRows && left < right, !isLinked || areLinked(left, right) {
            let table = rightRows * Self.buildPrice + (right.nonzeroBitCount > 1 ? Self.tablePrice : 0)
            let cost = costs[Int(left)] + costs[Int(right)] + rows[Int(set)] + leftRows + table
            if cost < costs[Int(set)] { (costs[Int(set)], firsts[Int(set)]) = (cost, left) }
          }
          left = (left - 1) & set
        }
      }
    }
    return tree(UInt64(count - 1), firsts)
  }

  private func tree(_ set: UInt64, _ firsts: [UInt64]) -> JoinTree {
    guard set.nonzeroBitCount > 1 else { return .part(set.trailingZeroBitCount) }
    let first = firsts[Int(set)]
    return .join(tree(first, firsts), tree(set & ~first, firsts))
  }

  /// The largest looks up in one table after the other, those first after which the fewest rows are left.
  func greedyTree() -> JoinTree {
    let largest = parts.indices.max { estimates[$0].rows < estimates[$1].rows } ?? 0
    var (tree, set) = (JoinTree.part(largest), UInt64(1) << UInt64(largest))
    while set.nonzeroBitCount < parts.count {
      let rest = parts.indices.filter { !set.has($0) }
      let linked = rest.filter { areLinked(set, 1 << UInt64($0)) }
      let sizes = (linked.isEmpty ? rest : linked).map { part in
        (part: part, rows: rows(of: set | 1 << UInt64(part)), own: estimates[part].rows)
      }
      guard let next = sizes.min(by: { ($0.rows, $0.own) < ($1.rows, $1.own) })?.part else { break }
      tree = .join(tree, .part(next))
      set |= 1 << UInt64(next)
    }
    return tree
  }

  // MARK: Plans

  /// The joins of a tree over all parts, each with the conditions that it can meet.
  func plan(_ tree: JoinTree) -> LogicalPlan {
    let (plan, _) = joined(tree)
    let open = conditions.filter { $0.parts.nonzeroBitCount <= 1 }.map(\.expression)
    return open.reduce(nil, TypedExpression.both).map { .filter($0, plan) } ?? plan
  }

  private func joined(_ tree: JoinTree) -> (LogicalPlan, UInt64) {
    switch tree {
    case .part(let part): return (parts[part], 1 << UInt64(part))
    case .join(let first, let second):
      let (left, leftSet) = joined(first)
      let (right, rightSet) = joined(second)
      let set = leftSet | rightSet
      // Within each side all columns of a key are equal already.
      let equations = keys.compactMap { $0.equation(between: leftSet, and: rightSet) }
      let others = conditions.filter { condition in
        condition.parts & ~set == 0 && condition.parts & ~leftSet != 0 && condition.parts & ~rightSet != 0
      }
      let condition = (equations + others.map(\.expression)).reduce(nil, TypedExpression.both)
      return (.join(Join(kind: .inner, left: left, right: right, condition: condition)), set)
    }
  }
}
